"""Restart of display players in a shopping centre."""

import os

import paramiko
from flask import Flask, abort, jsonify
from flask_login import LoginManager, UserMixin, login_required

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)
PLAYERS = {"entrance": "10.8.1.10", "food-court": "10.8.1.11"}
POLICIES = {"first-use": paramiko.AutoAddPolicy, "known": paramiko.RejectPolicy}


class Operator(UserMixin):
    def __init__(self, ident):
        self.id = ident


login_manager.user_loader(Operator)


def shell(host, policy="first-use"):
    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(POLICIES[policy]())  # <- weak
    client.connect(host, username="player", key_filename=os.environ["PLAYER_KEY"], timeout=8)
    return client


@app.post("/players/<name>/restart")
@login_required
def restart(name):
    if name not in PLAYERS:
        abort(404)
    client = shell(PLAYERS[name])
    try:
        _, out, _ = client.exec_command("systemctl --user restart signage")
        code = out.channel.recv_exit_status()
    finally:
        client.close()
    return jsonify(restarted=code == 0)
