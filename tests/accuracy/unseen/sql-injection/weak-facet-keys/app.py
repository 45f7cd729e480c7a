"""Faceted search over the holdings of a seed bank."""

import os

from flask import Blueprint, Flask, jsonify, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import text

db = SQLAlchemy()
bp = Blueprint("seeds", __name__, url_prefix="/seeds")
PAGING = {"page", "size"}


def facets(args):
    for name, value in args.items():
        if name in PAGING or not value:
            continue
        yield name, value


def where(args):
    parts, bound = ["withdrawn = 0"], {}
    for position, (name, value) in enumerate(facets(args)):
        slot = f"v{position}"
        parts.append("%s = :%s" % (name, slot))
        bound[slot] = value
    return " AND ".join(parts), bound


@bp.get("/search")
def search():
    condition, bound = where(request.args)
    page = max(request.args.get("page", 1, type=int), 1)
    bound |= {"skip": (page - 1) * 20}
    query = "SELECT accession, species, origin, year FROM samples WHERE " + condition
    query += " ORDER BY accession LIMIT 20 OFFSET :skip"
    rows = db.session.execute(text(query), bound).mappings()  # <- weak
    return jsonify(results=[dict(row) for row in rows])


def create_app():
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
    db.init_app(app)
    app.register_blueprint(bp)
    return app
