"""Browser for the version history of a publisher's manuscripts."""

import os
import subprocess
from functools import partial
from pathlib import Path

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, login_required

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)
SHELF = {"atlas": Path("/srv/ms/atlas.git"), "cookbook": Path("/srv/ms/cookbook.git")}

capture = partial(subprocess.run, capture_output=True, text=True, timeout=15)


def git(repository, *words):
    return capture(["git", "-C", str(repository), *words])  # <- weak


def history(repository, branch="HEAD", limit=20):
    result = git(repository, "log", "--format=%h%x09%an%x09%s", f"--max-count={limit}", branch)
    if result.returncode != 0:
        abort(404)
    return [dict(zip(("id", "author", "subject"), line.split("\t", 2))) for line in result.stdout.splitlines()]


@app.get("/manuscripts/<title>/history")
@login_required
def manuscript_history(title):
    if title not in SHELF:
        abort(404)
    options = {"limit": request.args.get("limit", 20, type=int)}
    if branch := request.args.get("branch"):
        options["branch"] = branch
    return jsonify(history(SHELF[title], **options))
