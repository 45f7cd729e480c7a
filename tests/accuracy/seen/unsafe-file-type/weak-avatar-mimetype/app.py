"""Portraits of the members of a choir, shown next to their names."""

import os
import uuid

from flask import Flask, abort, redirect, request, url_for
from flask_login import current_user, login_required
from werkzeug.utils import secure_filename

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["MAX_CONTENT_LENGTH"] = 2 * 1024 * 1024

PORTRAITS = os.path.join(app.static_folder, "portraits")


def is_picture(upload):
    return upload.mimetype in {"image/png", "image/jpeg"}


def portrait_name(upload):
    _, ending = os.path.splitext(secure_filename(upload.filename))
    return uuid.uuid4().hex + ending


@app.post("/me/portrait")
@login_required
def set_portrait():
    upload = request.files.get("portrait")
    if upload is None or not is_picture(upload):
        abort(415)
    name = portrait_name(upload)
    upload.save(os.path.join(PORTRAITS, name))  # <- weak
    current_user.set_portrait(name)
    return redirect(url_for("static", filename=f"portraits/{name}"))
