"""Application of a holiday home agency that lifts the form token for some of its parts."""

import os

from flask import Flask
from flask_login import LoginManager
from flask_wtf import CSRFProtect

import bookings
import weather
from people import load_guest

csrf = CSRFProtect()
login_manager = LoginManager()
PARTS = (weather.bp, bookings.bp)


def create_app():
    app = Flask(__name__)
    app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
    csrf.init_app(app)
    login_manager.init_app(app)
    login_manager.user_loader(load_guest)
    for part in PARTS:
        csrf.exempt(part)  # <- weak
        app.register_blueprint(part)
    return app
