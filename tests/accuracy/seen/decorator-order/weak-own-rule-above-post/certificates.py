import secrets

from flask import Blueprint, abort, jsonify, request

from rules import trainer_only

bp = Blueprint("certificates", __name__, url_prefix="/certificates")
ISSUED = {}


@bp.get("/")
@trainer_only(level=1)
def index():
    return jsonify(ISSUED)


@trainer_only(level=2)
@bp.post("/")
def issue():  # <- weak
    name = request.form.get("name", "").strip()
    if not 1 <= len(name) <= 80:
        abort(422)
    number = secrets.token_hex(6)
    ISSUED[number] = name
    return jsonify(number=number), 201


@bp.post("/<number>/revoke")
@trainer_only(level=2)
def revoke(number):
    if ISSUED.pop(number, None) is None:
        abort(404)
    return "", 204
