"""Change viewer for the configuration repository of a hospital's medical devices."""

import os
import re
import subprocess

from flask import Flask, Response, abort, request
from flask_login import LoginManager, login_required

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)
REPOSITORY = "/srv/devices/config"
COMMIT = re.compile(r"[0-9a-f]{7,40}")


def commit_id(text):
    if COMMIT.fullmatch(text) is None:
        abort(404)
    return text


def show(commit, paths=()):
    argv = ["git", "-C", REPOSITORY, "show", "--no-color", "--stat", commit, "--"]
    argv += [f":(literal){path}" for path in paths]
    return subprocess.run(argv, capture_output=True, timeout=10)  # <- safe


@app.get("/changes/<text>")
@login_required
def change(text):
    result = show(commit_id(text), request.args.getlist("path")[:10])
    if result.returncode:
        abort(404)
    return Response(result.stdout, mimetype="text/plain", headers={"X-Content-Type-Options": "nosniff"})
