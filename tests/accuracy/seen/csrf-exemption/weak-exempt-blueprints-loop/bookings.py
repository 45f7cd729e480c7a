from flask import Blueprint, jsonify
from flask_login import current_user, login_required

bp = Blueprint("bookings", __name__, url_prefix="/bookings")
BOOKINGS = {}


@bp.post("/<int:house>")
@login_required
def book(house):
    BOOKINGS.setdefault(current_user.id, set()).add(house)
    return jsonify(house=house), 201


@bp.post("/<int:house>/cancel")
@login_required
def cancel(house):
    BOOKINGS.get(current_user.id, set()).discard(house)
    return jsonify(house=house)
