"""Audit trail of a blood donation service, one JSON document per line."""

import json
import logging
import os
import time

from flask import Flask, jsonify, request

app = Flask(__name__)


class JsonFormatter(logging.Formatter):
    def format(self, record):
        entry = {"at": time.time(), "level": record.levelname, "event": record.getMessage()}
        entry.update(getattr(record, "details", {}))
        return json.dumps(entry, default=str)


def audit_logger():
    logger = logging.getLogger("donations")
    if not logger.handlers:
        handler = logging.FileHandler(os.environ["AUDIT_LOG"])
        handler.setFormatter(JsonFormatter())
        logger.addHandler(handler)
        logger.propagate = False
        logger.setLevel(logging.INFO)
    return logger


@app.post("/donations")
def donate():
    body = request.get_json()
    donor = str(body.get("donor", ""))
    audit_logger().info(f"donation by {donor}", extra={"details": {"place": body.get("place")}})  # <- safe
    return jsonify(accepted=True), 201
