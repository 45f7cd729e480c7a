"""Time sheets of a carpentry, entered by its workers."""

import os

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, UserMixin, current_user, login_required
from flask_wtf import CSRFProtect

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
CSRFProtect(app)
login_manager = LoginManager(app)
SHEETS = {}


class Worker(UserMixin):
    def __init__(self, ident):
        self.id = ident


login_manager.user_loader(Worker)


@app.get("/sheets/mine")
@login_required
def mine():
    return jsonify(SHEETS.get(current_user.get_id(), {}))


@app.post("/sheets/mine/<date>")
@login_required
def enter(date):
    hours = request.form.get("hours", type=float)
    if hours is None or not 0 <= hours <= 24 or len(date) != 10:
        abort(422)
    SHEETS.setdefault(current_user.get_id(), {})[date] = hours
    return jsonify(SHEETS[current_user.get_id()])


@login_required
@app.get("/sheets")
def everyone():  # <- weak
    return jsonify({worker: sum(days.values()) for worker, days in SHEETS.items()})
