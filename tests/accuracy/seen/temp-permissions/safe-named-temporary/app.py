"""Conversion of a recorded interview to text, through a file for the recogniser."""

import tempfile
from contextlib import contextmanager

from flask import Flask, abort, jsonify, request
from flask_login import login_required
from vosk_helper import recognise

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 30 * 1024 * 1024

ENDINGS = {"audio/wav": ".wav", "audio/flac": ".flac"}


@contextmanager
def recording(upload):
    suffix = ENDINGS.get(upload.mimetype)
    if suffix is None:
        abort(415)
    with tempfile.NamedTemporaryFile(dir="/tmp", prefix="interview-", suffix=suffix) as target:  # <- safe
        upload.save(target)
        target.flush()
        yield target.name


@app.post("/interviews/text")
@login_required
def interview_text():
    upload = request.files.get("recording")
    if upload is None:
        abort(400)
    with recording(upload) as path:
        words = recognise(path)
    return jsonify(text=" ".join(words))
