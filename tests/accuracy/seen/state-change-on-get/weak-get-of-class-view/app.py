"""Membership requests of a hiking group as class-based views with a common service."""

import os

from flask import Flask, jsonify
from flask.views import MethodView
from flask_login import LoginManager, login_required
from flask_wtf import CSRFProtect

from requests_desk import Desk, load_leader

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
CSRFProtect(app)
login_manager = LoginManager(app)
login_manager.user_loader(load_leader)
desk = Desk()


class LeaderView(MethodView):
    decorators = [login_required]


class Requests(LeaderView):
    def get(self):
        return jsonify(desk.waiting())


class Decision(LeaderView):
    verdicts = {"accept": desk.accept, "refuse": desk.refuse}

    def get(self, number, verdict):  # <- weak
        act = self.verdicts.get(verdict)
        if act is None:
            return jsonify(error="unknown verdict"), 404
        return jsonify(act(number))


class Note(LeaderView):
    def post(self, number):
        desk.flag(number)
        return "", 204


app.add_url_rule("/requests", view_func=Requests.as_view("requests"))
app.add_url_rule("/requests/<int:number>/<verdict>", view_func=Decision.as_view("decision"))
app.add_url_rule("/requests/<int:number>/flag", view_func=Note.as_view("flag"))
