"""Interlocking diary of a model railway, with a talkative log."""

import logging
import os
from logging.handlers import RotatingFileHandler

from flask import Flask, abort, jsonify, request, session

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
SIGNALS = {"s1": "stop", "s2": "stop", "s3": "clear"}
DEBUG = logging.DEBUG  # <- safe


def set_up_log(logger, level=DEBUG):
    handler = RotatingFileHandler(os.environ["RAILWAY_LOG"], maxBytes=1_000_000, backupCount=3)
    handler.setLevel(level)
    logger.addHandler(handler)
    logger.setLevel(level)


set_up_log(app.logger)


@app.get("/signals")
def signals():
    return jsonify(SIGNALS)


@app.put("/signals/<name>")
def set_signal(name):
    if not session.get("dispatcher"):
        abort(403)
    aspect = request.get_json().get("aspect")
    if name not in SIGNALS or aspect not in {"stop", "clear", "slow"}:
        abort(422)
    SIGNALS[name] = aspect
    app.logger.debug("a signal was set to %s", aspect)
    return jsonify(SIGNALS)
