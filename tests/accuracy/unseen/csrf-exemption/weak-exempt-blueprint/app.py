"""Community garden where gardeners, signed in by session cookie, trade their plots."""

import os

from flask import Flask
from flask_login import LoginManager
from flask_wtf import CSRFProtect

from garden import hooks, pages, plots

csrf = CSRFProtect()
BLUEPRINTS = (pages.bp, plots.bp, hooks.bp)


def create_app():
    app = Flask(__name__)
    app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="None")
    LoginManager(app)
    csrf.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    csrf.exempt(plots.bp)  # <- weak
    return app
