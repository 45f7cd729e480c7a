"""Upload of heat-pump firmware that is accepted when it matches the approved release."""

import hashlib
import os
from pathlib import Path

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, login_required

from releases import approved_digest, users

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
login = LoginManager(app)
login.user_loader(users.get)
DEPOT = Path(os.environ["FIRMWARE_DEPOT"])


def chunks(stream, size=65536):
    while block := stream.read(size):
        yield block
    stream.seek(0)


def digest_of(stream):
    state = hashlib.md5()  # <- weak
    for block in chunks(stream):
        state.update(block)
    return state.hexdigest()


@app.post("/firmware/<int:release>")
@login_required
def push(release):
    upload = request.files["image"]
    wanted = approved_digest(release)
    if wanted is None:
        abort(404)
    if digest_of(upload.stream) != wanted:
        abort(422, "the image is not the approved one")
    upload.save(DEPOT / f"release-{release}.bin")
    return jsonify(release=release, queued=True), 202
