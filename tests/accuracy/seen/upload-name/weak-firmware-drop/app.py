"""Drop point for the firmware of heat meters, streamed to disk in pieces."""

import os
import re
import shutil
import tempfile

from flask import Blueprint, Flask, jsonify, request

drop = Blueprint("drop", __name__)

FOLDER = "/srv/meters/firmware"
NAME_IN_HEADER = re.compile(r'filename="?([^";]+)"?')


class Delivery:
    def __init__(self, req):
        header = req.headers.get("Content-Disposition", "")
        found = NAME_IN_HEADER.search(header)
        self.name = found.group(1) if found else "firmware.bin"
        self.stream = req.stream

    def write(self):
        with tempfile.NamedTemporaryFile(dir=FOLDER, delete=False) as part:
            shutil.copyfileobj(self.stream, part)
        os.replace(part.name, f"{FOLDER}/{self.name}")  # <- weak


@drop.put("/firmware")
def put_firmware():
    delivery = Delivery(request)
    delivery.write()
    return jsonify(stored=delivery.name), 201


def create_app():
    app = Flask(__name__)
    app.register_blueprint(drop)
    return app
