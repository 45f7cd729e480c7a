"""Reading lists of a university, uploaded as spreadsheets by the teachers."""

import os

from flask import Flask, abort, jsonify, request
from flask_login import current_user, login_required
from werkzeug.utils import secure_filename

app = Flask(__name__)
app.config["LISTS"] = os.environ.get("LISTS_DIR", "/srv/university/lists")


class ReadingList:
    def __init__(self, upload):
        self.upload = upload
        self.name = secure_filename(upload.filename or "")
        if not self.name.endswith(".xlsx"):
            abort(422)

    def keep(self, folder):
        os.makedirs(folder, exist_ok=True)
        target = os.path.join(folder, self.name)
        self.upload.save(target)  # <- safe
        return target


@app.post("/lists")
@login_required
def add_list():
    upload = request.files.get("list")
    if upload is None:
        abort(400)
    reading = ReadingList(upload)
    reading.keep(os.path.join(app.config["LISTS"], str(int(current_user.id))))
    return jsonify(stored=reading.name), 201
