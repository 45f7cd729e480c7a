"""Recordings of an oral history project, kept under the ending that was checked."""

import secrets
from pathlib import Path

from flask import Flask, abort, jsonify, request

app = Flask(__name__)

RECORDINGS = Path("/srv/history/recordings")
SIGNATURES = {
    "flac": (0, b"fLaC"),
    "ogg": (0, b"OggS"),
    "wav": (8, b"WAVE"),
}


def checked_ending(upload):
    ending = (upload.filename or "").rsplit(".", 1)[-1].lower()
    if ending not in SIGNATURES:
        abort(415)
    offset, signature = SIGNATURES[ending]
    head = upload.stream.read(16)
    upload.stream.seek(0)
    if head[offset : offset + len(signature)] != signature:
        abort(415)
    return ending


@app.post("/recordings")
def add_recording():
    upload = request.files["recording"]
    ending = checked_ending(upload)
    name = f"{secrets.token_urlsafe(12)}.{ending}"
    upload.save(RECORDINGS / name)  # <- safe
    return jsonify(name=name), 201
