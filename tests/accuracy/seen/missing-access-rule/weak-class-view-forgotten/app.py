"""Vaccination stock of a district as class-based views."""

import os

from flask import Flask, jsonify, request
from flask.views import MethodView
from flask_login import LoginManager, login_required
from flask_wtf import CSRFProtect

from depot import Depot, load_nurse

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
CSRFProtect(app)
login_manager = LoginManager(app)
login_manager.user_loader(load_nurse)
depot = Depot()


class Doses(MethodView):
    decorators = [login_required]

    def get(self, vaccine):
        return jsonify(doses=depot.count(vaccine))

    def post(self, vaccine):
        return jsonify(doses=depot.add(vaccine, request.form.get("doses", 0, type=int)))


class Batches(MethodView):
    decorators = [login_required]

    def get(self):
        return jsonify(depot.batches())


class Withdrawal(MethodView):
    init_every_request = False

    def post(self, vaccine):  # <- weak
        depot.withdraw(vaccine)
        return "", 204


app.add_url_rule("/doses/<vaccine>", view_func=Doses.as_view("doses"))
app.add_url_rule("/batches", view_func=Batches.as_view("batches"))
app.add_url_rule("/doses/<vaccine>/withdraw", view_func=Withdrawal.as_view("withdrawal"))
