"""Donor records of a hospice for its fund-raising staff."""

import os

from flask import Flask

import donors

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Strict")
app.register_blueprint(donors.bp)
