"""Sign-in of an allotment association that brings members back to where they were."""

import os
from urllib.parse import urlsplit

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, login_user

from members import find_member

bp = Blueprint("account", __name__)
limiter = Limiter(get_remote_address)


def local(target):
    parts = urlsplit(target)
    return not parts.scheme and not parts.netloc


def destination():
    for source in (request.form, request.args):
        if (target := source.get("next")) and local(target):
            return target
    return url_for("account.home")


@bp.route("/login", methods=["GET", "POST"])
@limiter.limit("10 per minute")
def login():
    if request.method == "POST":
        member = find_member(request.form["name"], request.form["password"])
        if member is not None:
            login_user(member)
            return redirect(destination())  # <- weak
    return render_template("login.html", next=request.args.get("next", ""))


@bp.get("/")
def home():
    return render_template("login.html", next="")


def create_app():
    app = Flask(__name__)
    app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
    limiter.init_app(app)
    LoginManager(app)
    app.register_blueprint(bp)
    return app
