"""Time sheet of a building firm, which recognises its workers on each request."""

import os

from flask import Flask, abort, g, jsonify, request, session
from flask.views import MethodView

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]

hours = {}


class Identity:
    def __init__(self, number):
        self.number = number

    def establish(self):
        session["worker"] = self.number  # <- weak
        session.permanent = True
        return self


@app.before_request
def recognise():
    if "worker" in session:
        g.identity = Identity(session["worker"])
        return
    number = request.cookies.get("worker_no", "")
    if not number.isdigit():
        abort(401)
    g.identity = Identity(number).establish()


class Sheet(MethodView):
    def get(self):
        return jsonify(hours=hours.get(g.identity.number, []))

    def post(self):
        worked = request.get_json()
        hours.setdefault(g.identity.number, []).append(float(worked["hours"]))
        return jsonify(days=len(hours[g.identity.number])), 201


app.add_url_rule("/sheet", view_func=Sheet.as_view("sheet"))
