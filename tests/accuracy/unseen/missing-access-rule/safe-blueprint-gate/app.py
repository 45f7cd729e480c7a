"""Weighbridge of a recycling yard, where every page of the yard's blueprint asks for a login."""

import os

from flask import Blueprint, Flask, jsonify, request
from flask_login import LoginManager, current_user, login_required

yard = Blueprint("yard", __name__, url_prefix="/yard")
weighings = []


class Gate:
    """Keeps everybody out of a blueprint who has not signed in."""

    def __init__(self, blueprint, manager):
        self.manager = manager
        blueprint.before_request(self.check)

    def check(self):
        if not current_user.is_authenticated:
            return self.manager.unauthorized()


@yard.get("/weighings")
@login_required
def latest():
    return jsonify(weighings[-50:])


@yard.post("/weighings")
def add():  # <- safe
    kilos = request.form.get("kilos", type=int)
    if kilos is None or not 0 < kilos < 60_000:
        return jsonify(error="A weight is needed."), 422
    weighings.append({"kilos": kilos, "by": current_user.id})
    return jsonify(number=len(weighings)), 201


@yard.get("/weighings/total")
@login_required
def total():
    return jsonify(kilos=sum(entry["kilos"] for entry in weighings))


def create_app():
    app = Flask(__name__)
    app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
    manager = LoginManager(app)
    Gate(yard, manager)
    app.register_blueprint(yard)
    return app
