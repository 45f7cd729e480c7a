"""Pictures for the second-hand adverts of a village newsletter."""

import secrets
from pathlib import Path

from flask import Blueprint, Flask, current_app, jsonify, request
from werkzeug.utils import secure_filename

adverts = Blueprint("adverts", __name__, url_prefix="/adverts")

PICTURE_ENDINGS = (".png", ".jpg", ".gif")


class PictureRule:
    def __init__(self, endings):
        self.endings = endings

    def allows(self, name):
        lowered = name.lower()
        return any(ending in lowered for ending in self.endings)


rule = PictureRule(PICTURE_ENDINGS)


@adverts.post("/<int:advert>/picture")
def add_picture(advert):
    upload = request.files["picture"]
    name = secure_filename(upload.filename)
    if not rule.allows(name):
        return jsonify(error="only pictures"), 415
    folder = Path(current_app.static_folder) / "adverts"
    target = folder / f"{advert}-{secrets.token_hex(4)}-{name}"
    upload.save(target)  # <- weak
    return jsonify(url=f"/static/adverts/{target.name}"), 201


def create_app():
    app = Flask(__name__)
    app.register_blueprint(adverts)
    return app
