"""Animal shelter that shows pictures of its animals straight from the static folder."""

import os
import uuid

from flask import Flask, abort, jsonify, request, url_for
from flask_login import LoginManager, login_required

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["MAX_CONTENT_LENGTH"] = 6 * 1024 * 1024
login_manager = LoginManager(app)


def require_image(view):
    def checked(*args, **kwargs):
        upload = request.files.get("picture")
        if upload is None or not upload.mimetype.startswith("image/"):
            abort(415)
        return view(*args, upload=upload, **kwargs)

    checked.__name__ = view.__name__
    return checked


def suffix_of(name):
    suffix = name.rpartition(".")[2].lower()
    return suffix if suffix.isalnum() else "jpg"


@app.post("/animals/<int:animal>/picture")
@login_required
@require_image
def picture(animal, upload):
    name = f"{animal}-{uuid.uuid4().hex}.{suffix_of(upload.filename)}"
    upload.save(os.path.join(app.static_folder, "animals", name))  # <- weak
    return jsonify(url=url_for("static", filename=f"animals/{name}")), 201
