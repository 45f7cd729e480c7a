"""Certificates of a first-aid trainer, issued by the trainers alone."""

import os

from flask import Flask

from certificates import bp

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Strict")
app.register_blueprint(bp)
