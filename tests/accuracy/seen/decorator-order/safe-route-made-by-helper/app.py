"""Species sightings of a nature reserve, with one decorator that guards a view and then routes it."""

import os

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, UserMixin, current_user, login_required
from flask_wtf import CSRFProtect

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
CSRFProtect(app)
login_manager = LoginManager(app)
SIGHTINGS = []
SPECIES = frozenset({"otter", "kingfisher", "adder"})


class Ranger(UserMixin):
    def __init__(self, ident):
        self.id = ident


login_manager.user_loader(Ranger)


def ranger_route(rule, **options):
    def wire(view):
        guarded = login_required(view)
        return app.route(rule, **options)(guarded)

    return wire


def described(text):
    def note(view):
        view.description = text
        return view

    return note


@described("all sightings of the last weeks")
@ranger_route("/sightings")
def sightings():  # <- safe
    return jsonify(SIGHTINGS[-100:])


@ranger_route("/sightings", methods=["POST"])
def report():
    species = request.form.get("species")
    if species not in SPECIES:
        abort(422)
    SIGHTINGS.append({"species": species, "ranger": current_user.get_id()})
    return jsonify(count=len(SIGHTINGS)), 201
