"""Photographs of lost and found animals, always stored as freshly written PNG files."""

import os
import uuid
from pathlib import Path

from flask import Flask, abort, jsonify, request, send_file
from flask_login import LoginManager, login_required
from PIL import Image, UnidentifiedImageError

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], MAX_CONTENT_LENGTH=8 * 1024 * 1024)
LoginManager(app)
Image.MAX_IMAGE_PIXELS = 30_000_000


class PhotoStore:
    folder = Path("/srv/shelter/photos")

    def path(self, name):
        return self.folder / f"{name.hex}.png"

    def keep(self, stream):
        name = uuid.uuid4()
        with Image.open(stream, formats=("JPEG", "PNG", "WEBP")) as picture:
            picture.thumbnail((1600, 1600))
            pixels = Image.new("RGB", picture.size)
            pixels.paste(picture.convert("RGB"))
        pixels.save(self.path(name), format="PNG")
        return name


photos = PhotoStore()


@app.post("/photos")
@login_required
def upload():
    try:
        name = photos.keep(request.files["photo"].stream)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError):
        abort(415)
    return jsonify(photo=str(name)), 201


@app.get("/photos/<uuid:name>")
def photo(name):
    path = photos.path(name)
    if not path.is_file():
        abort(404)
    response = send_file(path, mimetype="image/png", as_attachment=False)  # <- safe
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
