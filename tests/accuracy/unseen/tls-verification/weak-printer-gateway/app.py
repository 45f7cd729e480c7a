"""Sending of kitchen orders from a restaurant's till to the print gateway of each branch."""

import os

import requests
from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, login_required

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
LoginManager(app)

BRANCHES = {"harbour": "https://print.harbour.example", "station": "https://print.station.example"}


class Gateway:
    def __init__(self, base, token, strict=None):
        self.base = base
        self.token = token
        self.strict = bool(strict)

    def _send(self, method, path, **options):
        options.setdefault("timeout", 5)
        options.setdefault("verify", self.strict)
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = requests.request(method, self.base + path, headers=headers, **options)  # <- weak
        answer.raise_for_status()
        return answer

    def print_order(self, lines):
        return self._send("POST", "/jobs", json={"lines": lines}).json()["job"]


@app.post("/branches/<branch>/orders")
@login_required
def order(branch):
    if branch not in BRANCHES:
        abort(404)
    gateway = Gateway(BRANCHES[branch], os.environ["GATEWAY_TOKEN"])
    lines = [str(line)[:60] for line in request.get_json()["lines"][:40]]
    return jsonify(job=gateway.print_order(lines)), 202
