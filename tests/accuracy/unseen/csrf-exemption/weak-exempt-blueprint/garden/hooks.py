from flask import Blueprint, jsonify

bp = Blueprint("hooks", __name__, url_prefix="/hooks")


@bp.get("/alive")
def alive():
    return jsonify(alive=True)
