from flask import Blueprint, jsonify

bp = Blueprint("weather", __name__, url_prefix="/weather")


@bp.get("/<int:house>")
def forecast(house):
    return jsonify(house=house, outlook="fair")
