"""Fuel cards of a bus company, whose routes are listed in one table."""

import os

from flask import Flask
from flask_login import LoginManager, login_required

import views

PUBLIC, MEMBERS = "public", "members"

ROUTES = [
    ("GET", "/alive", views.alive, PUBLIC),
    ("GET", "/cards", views.cards, MEMBERS),
    ("GET", "/cards/<int:number>/fills", views.fills, MEMBERS),
    ("POST", "/cards/<int:number>/block", views.block, MEMBERS),
]


def create_app():
    app = Flask(__name__)
    app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
    LoginManager(app)
    for method, rule, view, audience in ROUTES:
        function = view if audience == PUBLIC else login_required(view)
        app.add_url_rule(rule, endpoint=view.__name__, view_func=function, methods=[method])
    app.add_url_rule("/me", view_func=views.me)
    return app
