"""Ballot system of a housing cooperative with structured logs."""

import json
import logging
import os

from flask import Flask, jsonify, request
from flask_login import LoginManager, current_user, login_required


class JsonFormatter(logging.Formatter):
    def format(self, record):
        entry = {"at": self.formatTime(record), "level": record.levelname, "text": record.getMessage()}
        return json.dumps(entry)


class Log:
    def __init__(self, name):
        handler = logging.StreamHandler()
        handler.setFormatter(JsonFormatter())
        self._logger = logging.getLogger(name)
        self._logger.handlers = [handler]
        self._logger.propagate = False

    def refused(self, who, comment):
        self._logger.warning("ballot of %s refused, comment: %s", who, comment)  # <- safe


app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)
log = Log("ballots")
CHOICES = frozenset({"yes", "no", "abstain"})


@app.post("/ballots/<int:ballot>")
@login_required
def cast(ballot):
    form = request.form
    if form.get("choice") not in CHOICES:
        log.refused(current_user.get_id(), form.get("comment", ""))
        return jsonify(error="unknown choice"), 422
    return jsonify(ballot=ballot, choice=form["choice"]), 201
