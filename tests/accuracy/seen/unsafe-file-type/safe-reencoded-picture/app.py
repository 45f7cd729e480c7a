"""Pictures of lost pets, which are drawn anew before they are kept."""

import os
import uuid

from flask import Flask, abort, jsonify, request
from PIL import Image, UnidentifiedImageError

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 4 * 1024 * 1024

PETS = os.path.join(app.static_folder, "pets")


class PetPicture:
    formats = ("JPEG", "PNG")

    def __init__(self, stream):
        try:
            self.image = Image.open(stream, formats=self.formats).convert("RGB")
        except (UnidentifiedImageError, OSError):
            abort(415)
        self.image.thumbnail((800, 800))

    def keep(self, folder):
        name = f"{uuid.uuid4().hex}.jpg"
        self.image.save(os.path.join(folder, name), format="JPEG", quality=85)  # <- safe
        return name


@app.post("/pets/pictures")
def add_picture():
    upload = request.files.get("picture")
    if upload is None:
        abort(400)
    return jsonify(picture=PetPicture(upload.stream).keep(PETS)), 201
