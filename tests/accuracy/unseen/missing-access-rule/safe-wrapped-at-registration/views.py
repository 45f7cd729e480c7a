from flask import abort, jsonify
from flask_login import current_user, login_required

blocked = set()
FILLS = {11: [42.5, 40.1], 12: [61.0]}


def alive():
    return jsonify(alive=True)


@login_required
def me():
    return jsonify(name=current_user.name)


def cards():
    return jsonify([{"number": number, "blocked": number in blocked} for number in current_user.cards])


def fills(number):
    if number not in current_user.cards:
        abort(404)
    return jsonify(FILLS.get(number, []))


def block(number):  # <- safe
    if number not in current_user.cards:
        abort(404)
    blocked.add(number)
    return jsonify(number=number, blocked=True)
