"""Case files of a mediation office behind a blueprint that asks for the sign-in itself."""

import os

from flask import Flask
from flask_login import LoginManager
from flask_wtf import CSRFProtect

from cases import cases
from mediators import load_mediator

csrf = CSRFProtect()
login_manager = LoginManager()


def create_app():
    app = Flask(__name__)
    app.secret_key = os.environ["SECRET_KEY"]
    csrf.init_app(app)
    login_manager.init_app(app)
    login_manager.user_loader(load_mediator)
    app.register_blueprint(cases, url_prefix="/cases")
    return app
