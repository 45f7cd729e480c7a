"""Metrics of a printing service, for the monitoring machines and nobody else."""

import logging
import os
from ipaddress import ip_address, ip_network

from flask import Flask, abort, jsonify, request

app = Flask(__name__)
log = logging.getLogger("metrics")

MONITORING = ip_network(os.environ.get("MONITORING_NETWORK", "10.9.8.0/29"))
counters = {"pages": 0, "jobs": 0}


def origin():
    return {"claimed": request.headers.get("X-Forwarded-For"), "peer": request.environ["REMOTE_ADDR"]}


def from_monitoring(seen):
    return ip_address(seen["peer"]) in MONITORING  # <- safe


@app.post("/jobs")
def job():
    counters["jobs"] += 1
    counters["pages"] += min(request.get_json().get("pages", 1), 500)
    return jsonify(accepted=True), 202


@app.get("/metrics")
def metrics():
    seen = origin()
    if not from_monitoring(seen):
        log.warning("refused: %r", seen)
        abort(403)
    return jsonify(counters)
