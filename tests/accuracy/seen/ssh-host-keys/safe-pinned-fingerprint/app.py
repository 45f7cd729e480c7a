"""Remote start of irrigation pumps, whose host keys are pinned in the settings."""

import os

import paramiko
from flask import Flask, abort, jsonify, session

from pins import PinnedPolicy

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
PUMPS = {"orchard": "10.30.0.5", "meadow": "10.30.0.6"}


def run(host, command):
    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(PinnedPolicy())  # <- safe
    client.connect(host, username="pump", key_filename=os.environ["PUMP_KEY"], timeout=8)
    try:
        return client.exec_command(command)[1].channel.recv_exit_status()
    finally:
        client.close()


@app.post("/pumps/<name>/start")
def start(name):
    if session.get("role") != "grower":
        abort(403)
    if name not in PUMPS:
        abort(404)
    return jsonify(started=run(PUMPS[name], "pumpctl start") == 0)
