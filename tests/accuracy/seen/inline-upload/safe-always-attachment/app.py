"""Drop box of an accountant, where clients leave papers and fetch them again."""

import os
from functools import partial

from flask import Flask, abort, jsonify, request, send_from_directory
from flask_login import current_user, login_required
from werkzeug.utils import secure_filename

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["UPLOAD_FOLDER"] = os.environ["UPLOAD_FOLDER"]

hand_out = partial(send_from_directory, as_attachment=True, mimetype="application/octet-stream")


def own_folder():
    folder = os.path.join(app.config["UPLOAD_FOLDER"], str(int(current_user.id)))
    os.makedirs(folder, exist_ok=True)
    return folder


@app.post("/papers")
@login_required
def leave():
    upload = request.files["paper"]
    name = secure_filename(upload.filename)
    if not name:
        abort(400)
    upload.save(os.path.join(own_folder(), name))
    return jsonify(name=name), 201


@app.get("/papers/<name>")
@login_required
def fetch(name):
    return hand_out(own_folder(), name)  # <- safe
