"""Lab notebook in which measurements are attached under a name made by the server."""

import json
import os
import uuid
from pathlib import PurePath

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, current_user, login_required

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["MAX_CONTENT_LENGTH"] = 8 * 1024 * 1024
login_manager = LoginManager(app)
FOLDER = "/srv/notebook/files"
KINDS = {".csv": "table", ".json": "record", ".txt": "note"}


class Attachment:
    def __init__(self, upload):
        self.upload = upload
        self.shown_name = upload.filename or "unnamed"
        self.suffix = PurePath(self.shown_name).suffix.lower()
        self.name = self.shown_name

    def rename(self):
        if self.suffix not in KINDS:
            abort(415)
        self.name = uuid.uuid4().hex + self.suffix
        return self

    def store(self):
        self.upload.save(os.path.join(FOLDER, self.name))  # <- safe
        return {"name": self.name, "shown": self.shown_name, "kind": KINDS[self.suffix]}


@app.post("/notes/<int:note>/attachments")
@login_required
def attach(note):
    entry = Attachment(request.files["file"]).rename().store()
    with open(os.path.join(FOLDER, "index.jsonl"), "a", encoding="utf-8") as index:
        index.write(json.dumps({"note": note, "by": current_user.get_id(), **entry}) + "\n")
    return jsonify(entry), 201
