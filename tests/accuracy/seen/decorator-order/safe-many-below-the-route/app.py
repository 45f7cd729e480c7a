"""Reading room reservations, where each route sits on a pile of decorators."""

import os
from functools import wraps
from time import monotonic

from flask import Flask, abort, jsonify, make_response
from flask_login import LoginManager, UserMixin, current_user, login_required
from flask_wtf import CSRFProtect

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
CSRFProtect(app)
login_manager = LoginManager(app)
DESKS = {n: None for n in range(1, 13)}


class Reader(UserMixin):
    def __init__(self, ident):
        self.id = ident


login_manager.user_loader(Reader)


def timed(view):
    @wraps(view)
    def inner(*args, **kwargs):
        start = monotonic()
        answer = make_response(view(*args, **kwargs))
        answer.headers["Server-Timing"] = f"view;dur={(monotonic() - start) * 1000:.1f}"
        return answer

    return inner


@app.get("/desks")
@timed
@login_required
def desks():  # <- safe
    return jsonify([number for number, reader in DESKS.items() if reader is None])


@app.post("/desks/<int:number>")
@login_required
@timed
def reserve(number):
    if DESKS.get(number, "") is not None:
        abort(409)
    DESKS[number] = current_user.get_id()
    return jsonify(number=number), 201
