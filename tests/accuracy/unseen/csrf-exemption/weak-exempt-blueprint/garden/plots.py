from flask import Blueprint, abort, jsonify, request
from flask_login import current_user, login_required

bp = Blueprint("plots", __name__, url_prefix="/plots")
holders = {}


@bp.post("/<int:plot>/give")
@login_required
def give(plot):
    if holders.get(plot) != current_user.id:
        abort(404)
    holders[plot] = request.form.get("gardener", type=int) or abort(422)
    return jsonify(plot=plot, holder=holders[plot])
