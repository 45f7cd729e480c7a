"""Key cabinet of an office building, whose views are wrapped when they are registered."""

import os

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, UserMixin, current_user, login_required
from flask_wtf import CSRFProtect

KEYS = {"roof": None, "archive": None, "garage": "7"}


class Porter(UserMixin):
    def __init__(self, ident):
        self.id = ident


def keys():
    return jsonify([name for name, holder in KEYS.items() if holder is None])


def take(name):  # <- safe
    if KEYS.get(name, "") is not None:
        abort(409)
    KEYS[name] = current_user.get_id()
    return jsonify(name=name), 201


def give_back(name):
    if KEYS.get(name) != current_user.get_id():
        abort(409)
    KEYS[name] = None
    return jsonify(name=name, note=request.form.get("note", "")[:200])


ROUTES = [
    ("/keys", keys, ["GET"]),
    ("/keys/<name>/take", take, ["POST"]),
    ("/keys/<name>/return", give_back, ["POST"]),
]


def create_app():
    app = Flask(__name__)
    app.secret_key = os.environ["SECRET_KEY"]
    CSRFProtect(app)
    LoginManager(app).user_loader(Porter)
    for rule, view, methods in ROUTES:
        app.add_url_rule(rule, view_func=login_required(view), methods=methods)
    return app
