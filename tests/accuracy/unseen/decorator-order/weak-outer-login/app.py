"""Lending of tools among neighbours, with the return of a tool confirmed by its owner."""

import os

from flask import Blueprint, Flask, abort, jsonify
from flask_login import LoginManager, current_user, login_required

tools = Blueprint("tools", __name__, url_prefix="/tools")
lent = {4: "drill", 9: "ladder"}
history = []


@tools.get("/")
@login_required
def listing():
    return jsonify(lent)


@login_required
@tools.post("/<int:number>/returned")
def returned(number):  # <- weak
    name = lent.pop(number, None)
    if name is None:
        abort(404)
    history.append({"tool": name, "number": number})
    return jsonify(returned=name)


@tools.post("/<int:number>/lend")
@login_required
def lend(number):
    if number in lent:
        abort(409)
    lent[number] = current_user.tools[number]
    return jsonify(lent=lent[number]), 201


def create_app():
    app = Flask(__name__)
    app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
    LoginManager(app)
    app.register_blueprint(tools)
    return app
