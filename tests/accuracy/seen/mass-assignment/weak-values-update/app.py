"""Profile of a volunteer at a fire brigade, changed through a JSON API."""

import os

from flask import Blueprint, Flask, g, jsonify, request
from flask_login import current_user, login_required
from sqlalchemy import Boolean, Column, Integer, MetaData, String, Table, create_engine, update

volunteers = Blueprint("volunteers", __name__)
engine = create_engine(os.environ["DATABASE_URL"])

volunteer = Table(
    "volunteer",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("name", String(80)),
    Column("shirt_size", String(4)),
    Column("is_commander", Boolean),
    Column("cleared_for_ladder", Boolean),
)


@volunteers.before_request
def collect():
    g.changes = dict(request.get_json(silent=True) or {})
    g.changes.pop("id", None)


def statement(number, changes):
    chosen = update(volunteer).where(volunteer.c.id == number)
    return chosen.values(**changes)  # <- weak


@volunteers.put("/profile")
@login_required
def change_profile():
    if not g.changes:
        return jsonify(changed=0)
    with engine.begin() as connection:
        result = connection.execute(statement(current_user.id, g.changes))
    return jsonify(changed=result.rowcount)


def create_app():
    app = Flask(__name__)
    app.register_blueprint(volunteers)
    return app
