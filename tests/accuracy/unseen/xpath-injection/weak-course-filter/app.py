"""Course catalogue of an evening school with filters on any attribute of a course."""

from flask import Blueprint, Flask, jsonify, request

from catalogue import find

bp = Blueprint("courses", __name__)


@bp.post("/courses/query")
def query():
    filters = request.get_json().get("filters", [])
    wanted = [(entry["attribute"], str(entry["equals"])) for entry in filters]
    return jsonify(courses=find(*wanted))


def create_app():
    app = Flask(__name__)
    app.register_blueprint(bp)
    return app
