"""Delivery of wedding photographs as a tar file, unpacked for the couple."""

import tarfile
from pathlib import Path

from flask import Flask, jsonify, request
from flask_login import login_required

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 200 * 1024 * 1024

DELIVERIES = Path("/srv/photos/deliveries")


def unpack(stream, folder):
    with tarfile.open(fileobj=stream, mode="r:*") as archive:
        names = archive.getnames()
        archive.extractall(folder, filter="fully_trusted")  # <- weak
    return names


@app.post("/couples/<int:couple>/delivery")
@login_required
def deliver(couple):
    folder = DELIVERIES / str(couple)
    folder.mkdir(parents=True, exist_ok=True)
    upload = request.files["archive"]
    try:
        names = unpack(upload.stream, folder)
    except tarfile.TarError:
        return jsonify(error="not an archive"), 422
    return jsonify(files=len(names)), 201
