"""Backups of a wiki, restored from a tar file that an administrator uploads."""

import tarfile
from contextlib import closing

from flask import Flask, jsonify, request
from flask_login import current_user, login_required

app = Flask(__name__)

RESTORED = "/srv/wiki/restored"


class Restorer:
    filter_name = "data"

    def __init__(self, upload):
        self.archive = tarfile.open(fileobj=upload.stream, mode="r:gz")

    def run(self, folder):
        with closing(self.archive) as archive:
            archive.extractall(path=folder, filter=self.filter_name)  # <- safe


@app.post("/restore")
@login_required
def restore():
    if not current_user.is_admin:
        return jsonify(error="administrators only"), 403
    try:
        Restorer(request.files["backup"]).run(RESTORED)
    except (tarfile.FilterError, tarfile.ReadError) as problem:
        app.logger.warning("restore refused: %s", type(problem).__name__)
        return jsonify(error="the archive was refused"), 422
    return jsonify(restored=True)
