"""Log excerpts of a lighthouse controller, read with the ssh program."""

import os
import subprocess

from flask import Blueprint, Flask, abort, jsonify, session

lights = Blueprint("lights", __name__)
HOSTS = {"east": "east.lights.example", "west": "west.lights.example"}
UNITS = ("lamp", "horn")


def ssh_command(host, *words):
    options = {
        "StrictHostKeyChecking": "yes",
        "UserKnownHostsFile": os.environ["LIGHTS_KNOWN_HOSTS"],
        "BatchMode": "yes",
    }
    flags = [part for name, value in options.items() for part in ("-o", f"{name}={value}")]
    return ["ssh", *flags, "--", f"keeper@{host}", *words]


@lights.get("/lights/<side>/<unit>/log")
def log(side, unit):
    if "keeper" not in session:
        abort(401)
    if side not in HOSTS or unit not in UNITS:
        abort(404)
    command = ssh_command(HOSTS[side], "journalctl", "-n", "20", "-u", unit)
    done = subprocess.run(command, capture_output=True, text=True, timeout=15)  # <- safe
    if done.returncode != 0:
        abort(502)
    return jsonify(lines=done.stdout.splitlines())


def create_app():
    app = Flask(__name__)
    app.secret_key = os.environ["SECRET_KEY"]
    app.register_blueprint(lights)
    return app
