from flask import Blueprint, abort, jsonify, request
from flask_login import current_user, login_required

cases = Blueprint("cases", __name__)
FILES = {}


@cases.before_request
@login_required
def signed_in():
    return None


def own_files():
    return FILES.setdefault(current_user.get_id(), {})


@cases.get("/")
@login_required
def index():
    return jsonify(sorted(own_files()))


@cases.post("/")
@login_required
def open_case():
    files = own_files()
    number = max(files, default=0) + 1
    files[number] = request.form.get("subject", "")[:120]
    return jsonify(number=number), 201


@cases.post("/<int:number>/delete")
def delete_case(number):  # <- safe
    if own_files().pop(number, None) is None:
        abort(404)
    return "", 204
