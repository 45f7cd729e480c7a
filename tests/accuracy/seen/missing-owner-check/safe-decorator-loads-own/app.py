"""Moorings of a marina, handed to the views by a decorator that compares the tenant."""

import os
from functools import wraps

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, current_user, login_required
from flask_wtf import CSRFProtect

from marina import MOORINGS, load_skipper

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
CSRFProtect(app)
login_manager = LoginManager(app)
login_manager.user_loader(load_skipper)


def with_mooring(view):
    @login_required
    @wraps(view)
    def inner(number, **kwargs):
        mooring = MOORINGS.get(number)
        if mooring is None:
            abort(404)
        if mooring["tenant"] != current_user.id:
            abort(403)
        return view(mooring=mooring, **kwargs)

    return inner


@app.get("/moorings/<int:number>")
@with_mooring
def show(mooring):
    return jsonify(mooring)


@app.post("/moorings/<int:number>/boat")
@with_mooring
def set_boat(mooring):  # <- safe
    name = request.form.get("boat", "").strip()
    if not 1 <= len(name) <= 40:
        abort(422)
    mooring["boat"] = name
    return jsonify(mooring)


@app.post("/moorings/<int:number>/leave")
@with_mooring
def leave(mooring):
    mooring.update(tenant=None, boat=None)
    return "", 204
