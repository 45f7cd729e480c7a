"""Budget of a parish council, where an assert repeats what has been checked before."""

import os

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, UserMixin, current_user, login_required

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SAMESITE="Strict", SESSION_COOKIE_SECURE=True)
login_manager = LoginManager(app)
BUDGET = {"roof": 12_000, "organ": 4_500}


class Councillor(UserMixin):
    def __init__(self, ident, treasurer):
        self.id, self.is_treasurer = ident, treasurer


COUNCIL = {"1": Councillor("1", True), "2": Councillor("2", False)}
login_manager.user_loader(COUNCIL.get)


def book(post, euros, by):
    assert by.is_treasurer  # <- safe
    BUDGET[post] -= euros
    return BUDGET[post]


@app.get("/budget")
@login_required
def budget():
    return jsonify(BUDGET)


@app.post("/budget/<post>/spend")
@login_required
def spend(post):
    if not current_user.is_treasurer:
        abort(403)
    euros = request.form.get("euros", type=int)
    if post not in BUDGET or euros is None or not 0 < euros <= BUDGET[post]:
        abort(422)
    return jsonify(left=book(post, euros, current_user))
