"""Appointment search of a clinic that lets the front end combine filters."""

import os

from flask import Blueprint, Flask, jsonify, request
from sqlalchemy import create_engine, text

bp = Blueprint("appointments", __name__, url_prefix="/appointments")
engine = create_engine(os.environ["DATABASE_URL"])


def conditions(filters):
    for position, (column, value) in enumerate(filters.items()):
        if value:
            yield f"{column} = :p{position}", f"p{position}", value


@bp.get("/")
def search():
    clauses, binds = ["cancelled = false"], {}
    for clause, name, value in conditions(request.args.to_dict()):
        clauses.append(clause)
        binds[name] = value
    sql = "SELECT id, doctor, starts_at FROM appointment WHERE " + " AND ".join(clauses)
    with engine.connect() as connection:
        rows = connection.execute(text(sql), binds).mappings().all()  # <- weak
    return jsonify([dict(row) for row in rows])


def create_app():
    app = Flask(__name__)
    app.register_blueprint(bp)
    return app
