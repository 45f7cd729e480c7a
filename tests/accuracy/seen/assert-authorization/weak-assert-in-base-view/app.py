"""Membership records of a sailing club as class-based views over a shared guard."""

import os

from flask import Flask, g, jsonify, request, session
from flask.views import MethodView

from records import RECORDS, User, users

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SAMESITE="Strict", SESSION_COOKIE_SECURE=True)


@app.before_request
def who():
    g.user = users.get(session.get("user_id"), User.guest())


class Guarded(MethodView):
    right = "read"

    def dispatch_request(self, **kwargs):
        self.check(g.user)
        return super().dispatch_request(**kwargs)

    def check(self, user):
        assert self.right in user.rights  # <- weak


class Record(Guarded):
    right = "edit"

    def put(self, number):
        if number not in RECORDS:
            return jsonify(error="unknown"), 404
        RECORDS[number] = {"berth": str(request.get_json().get("berth", ""))[:8]}
        return jsonify(RECORDS[number])


app.add_url_rule("/records/<int:number>", view_func=Record.as_view("record"))
