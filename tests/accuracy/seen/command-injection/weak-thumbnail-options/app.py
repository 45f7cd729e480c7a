"""Thumbnail service of a photo archive that shells out to ImageMagick."""

import os
import subprocess

from flask import Flask, jsonify, request

app = Flask(__name__)
PHOTO_ROOT = os.environ["PHOTO_ROOT"]


def convert_command(photo_id, **options):
    source = f"{PHOTO_ROOT}/{photo_id}.jpg"
    words = ["convert", source]
    for name in ("resize", "rotate", "quality"):
        if name in options:
            words += ["-" + name, str(options[name])]
    words.append(f"{PHOTO_ROOT}/thumbs/{photo_id}.jpg")
    return " ".join(words)


@app.post("/photos/<int:photo_id>/thumbnail")
def thumbnail(photo_id):
    wanted = request.get_json(silent=True) or {}
    command = convert_command(photo_id, **{key: value for key, value in wanted.items() if value})
    done = subprocess.run(command, shell=True, capture_output=True, timeout=30)  # <- weak
    if done.returncode:
        return jsonify(error="conversion failed"), 500
    return jsonify(photo=photo_id, status="ready")
