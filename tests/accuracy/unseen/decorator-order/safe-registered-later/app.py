"""Membership register of a rowing club, whose views return data that a decorator turns into pages."""

import os
from functools import wraps

from flask import Blueprint, Flask, make_response, render_template
from flask_login import LoginManager, current_user, login_required

club = Blueprint("club", __name__)


def page(template):
    def decorate(view):
        @wraps(view)
        def rendered(*args, **kwargs):
            response = make_response(render_template(template, **view(*args, **kwargs)))
            response.headers["Cache-Control"] = "no-store"
            return response

        return rendered

    return decorate


@club.get("/me")
@login_required
@page("member.html")
def me():
    return {"member": current_user, "boats": current_user.boats}


@login_required
@page("member.html")
def crew():  # <- safe
    return {"member": current_user, "boats": [boat for boat in current_user.boats if boat.seats > 1]}


club.add_url_rule("/me/crew-boats", view_func=crew)


def create_app():
    app = Flask(__name__)
    app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
    LoginManager(app)
    app.register_blueprint(club)
    return app
