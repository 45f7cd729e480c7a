"""Import of profile pictures from an address a user enters."""

import io
import os

import requests
from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, login_required
from PIL import Image

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
LoginManager(app)


class RemoteImage:
    def __init__(self, source):
        self.source = source
        self.size = (0, 0)

    def load(self):
        answer = requests.get(self.source, timeout=5)  # <- weak
        answer.raise_for_status()
        self.size = Image.open(io.BytesIO(answer.content)).size
        return self


@app.post("/avatar")
@login_required
def import_avatar():
    body = request.get_json()
    if not body.get("url", "").startswith(("http://", "https://")):
        abort(400)
    try:
        image = RemoteImage(body["url"]).load()
    except (requests.RequestException, OSError):
        return jsonify(error="not a picture"), 422
    return jsonify(width=image.size[0], height=image.size[1])
