"""Customer area of an electricity supplier, with limits on what costs money."""

import os

from flask import Flask
from flask_wtf import CSRFProtect

from area import bp, limiter

app = Flask(__name__)
app.config.update(
    SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SECURE=True, RATELIMIT_STORAGE_URI=os.environ["REDIS_URL"]
)
CSRFProtect(app)
limiter.init_app(app)
app.register_blueprint(bp)
