"""Avatar upload of a chess server; every picture is drawn anew before it is kept."""

import os
import uuid

from flask import Flask, jsonify, request, url_for
from flask_login import LoginManager, current_user, login_required
from PIL import Image, ImageOps

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["MAX_CONTENT_LENGTH"] = 3 * 1024 * 1024
login_manager = LoginManager(app)
AVATARS = os.path.join(app.static_folder, "avatars")


class NotAPicture(Exception):
    pass


def redrawn(stream):
    try:
        with Image.open(stream, formats=("PNG", "JPEG", "WEBP")) as picture:
            if picture.width * picture.height > 20_000_000:
                raise NotAPicture
            square = ImageOps.fit(picture.convert("RGB"), (256, 256))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotAPicture from error
    canvas = Image.new("RGB", square.size)
    canvas.paste(square)
    return canvas


@app.errorhandler(NotAPicture)
def refused(_error):
    return jsonify(error="this is not a picture we can use"), 415


@app.put("/me/avatar")
@login_required
def avatar():
    upload = request.files["avatar"]
    name = f"{int(current_user.id)}-{uuid.uuid4().hex}.png"
    redrawn(upload.stream).save(os.path.join(AVATARS, name), format="PNG")  # <- safe
    return jsonify(url=url_for("static", filename=f"avatars/{name}"))
