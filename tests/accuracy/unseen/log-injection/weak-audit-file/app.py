"""Door control of an office building with a plain audit file."""

import logging
import os
from logging.handlers import RotatingFileHandler

from flask import Flask, current_app, jsonify, request
from flask_login import LoginManager, current_user, login_required


class Audit(logging.LoggerAdapter):
    def process(self, msg, kwargs):
        return f"[{self.extra['site']}] {msg}", kwargs

    def record(self, event, **details):
        line = " ".join([event, *(f"{key}={value}" for key, value in details.items())])
        self.info(line)  # <- weak


def audit_log(path):
    handler = RotatingFileHandler(path, maxBytes=5_000_000, backupCount=5)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.getLogger("doors")
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    return Audit(logger, {"site": "HQ"})


def create_app():
    app = Flask(__name__)
    app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
    LoginManager(app)
    app.extensions["audit"] = audit_log("/var/log/doors/audit.log")

    @app.post("/doors/<int:door>/open")
    @login_required
    def open_door(door):
        reason = request.get_json().get("reason", "none")
        current_app.extensions["audit"].record("open", door=door, by=current_user.get_id(), reason=reason)
        return jsonify(door=door, open=True)

    return app
