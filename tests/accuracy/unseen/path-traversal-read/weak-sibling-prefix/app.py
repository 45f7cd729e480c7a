"""Monthly statements of a payroll office; every client company has its own folder."""

import os

from flask import Blueprint, Flask, Response, abort
from flask_login import LoginManager, current_user, login_required

from vault import Vault

bp = Blueprint("statements", __name__, url_prefix="/statements")


def folder_of(user):
    return Vault(os.path.join("/srv/payroll", user.company_slug))


@bp.get("/")
@login_required
def index():
    return {"files": sorted(folder_of(current_user).names())}


@bp.get("/<path:name>")
@login_required
def statement(name):
    try:
        data = folder_of(current_user).read(name)
    except (OSError, PermissionError):
        abort(404)
    return Response(data, mimetype="application/pdf", headers={"Content-Disposition": "attachment"})


def create_app():
    app = Flask(__name__)
    app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
    LoginManager(app)
    app.register_blueprint(bp)
    return app
