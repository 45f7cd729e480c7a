"""Import of measurement campaigns that field teams send as tar archives."""

import os
import tarfile
import tempfile
from pathlib import Path

from flask import Flask, jsonify, request
from flask_login import LoginManager, login_required

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["MAX_CONTENT_LENGTH"] = 100 * 1024 * 1024
login_manager = LoginManager(app)
LIMIT = 500 * 1024 * 1024


class TooLarge(Exception):
    pass


class Campaign:
    def __init__(self, stream):
        self.stream = stream

    def members(self, tar):
        remaining = LIMIT
        for member in tar:
            remaining -= member.size
            if remaining < 0:
                raise TooLarge
            if member.isfile() or member.isdir():
                yield member

    def into(self, folder):
        with tarfile.open(fileobj=self.stream, mode="r:gz") as tar:
            tar.extractall(folder, members=self.members(tar), filter="data")  # <- safe
        return sorted(path.name for path in Path(folder).rglob("*.csv"))


@app.post("/campaigns")
@login_required
def campaign():
    with tempfile.TemporaryDirectory() as folder:
        try:
            tables = Campaign(request.files["archive"].stream).into(folder)
        except (tarfile.TarError, TooLarge, KeyError):
            return jsonify(error="this archive was refused"), 422
        return jsonify(tables=tables), 201
