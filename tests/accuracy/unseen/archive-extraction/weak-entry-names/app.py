"""Photo competition that takes a ZIP file with all pictures of one participant."""

import os
import shutil
import uuid
import zipfile

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, current_user, login_required

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["MAX_CONTENT_LENGTH"] = 50 * 1024 * 1024
login_manager = LoginManager(app)
ENTRIES = "/srv/competition"
LIMIT = 200 * 1024 * 1024


def pictures(archive):
    total = 0
    for info in archive.infolist():
        total += info.file_size
        if total > LIMIT:
            abort(413)
        if info.is_dir() or not info.filename.lower().endswith((".jpg", ".jpeg")):
            continue
        yield info


def unpack(stream, folder):
    number = 0
    with zipfile.ZipFile(stream) as archive:
        for number, info in enumerate(pictures(archive), start=1):
            target = os.path.join(folder, info.filename)
            if not os.path.isdir(os.path.dirname(target)):
                continue
            with archive.open(info) as source, open(target, "wb") as copy:  # <- weak
                shutil.copyfileobj(source, copy)
    return number


@app.post("/entries")
@login_required
def enter():
    folder = os.path.join(ENTRIES, str(int(current_user.id)), uuid.uuid4().hex)
    os.makedirs(folder)
    try:
        return jsonify(pictures=unpack(request.files["pictures"].stream, folder)), 201
    except zipfile.BadZipFile:
        abort(422)
