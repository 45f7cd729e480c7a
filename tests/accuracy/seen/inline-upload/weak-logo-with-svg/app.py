"""Logos of the exhibitors at a trade fair, sent in by the exhibitors themselves."""

from pathlib import Path
from uuid import uuid4

from flask import Blueprint, Flask, abort, current_app, jsonify, request, send_file

logos = Blueprint("logos", __name__, url_prefix="/logos")

ENDINGS = {".png", ".svg", ".webp"}


class LogoStore:
    def __init__(self, folder):
        self.folder = Path(folder)

    def add(self, upload):
        ending = Path(upload.filename or "").suffix.lower()
        if ending not in ENDINGS:
            raise ValueError(ending)
        number = uuid4()
        upload.save(self.folder / f"{number.hex}{ending}")
        return number

    def find(self, number):
        return next(self.folder.glob(f"{number.hex}.*"), None)


@logos.post("/")
def add_logo():
    try:
        number = LogoStore(current_app.config["LOGOS"]).add(request.files["logo"])
    except ValueError:
        abort(415)
    return jsonify(logo=str(number)), 201


@logos.get("/<uuid:number>")
def logo(number):
    path = LogoStore(current_app.config["LOGOS"]).find(number)
    if path is None:
        abort(404)
    reply = send_file(path, conditional=True)  # <- weak
    reply.headers["X-Content-Type-Options"] = "nosniff"
    return reply


def create_app():
    app = Flask(__name__)
    app.config["LOGOS"] = "/srv/fair/logos"
    app.register_blueprint(logos)
    return app
