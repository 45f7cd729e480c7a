"""Conversion of bird sound recordings to the formats a player understands."""

import os
import subprocess
import uuid

from flask import Flask, abort, jsonify, request

app = Flask(__name__)
STORE = os.environ["SOUND_STORE"]

QUALITY = {
    "low": ("-b:a", "48k"),
    "normal": ("-b:a", "128k"),
    "archive": ("-compression_level", "8"),
}


def wanted_format(args):
    match args.get("format", "mp3"):
        case "mp3" | "ogg" | "flac" as name:
            return name
        case _:
            abort(400)


def wanted_quality(args):
    quality = args.get("quality", "normal")
    if quality not in QUALITY:
        abort(400)
    return QUALITY[quality]


@app.post("/recordings/<uuid:recording>/convert")
def convert(recording):
    suffix = wanted_format(request.args)
    target = f"{STORE}/{uuid.uuid4().hex}.{suffix}"
    command = ["ffmpeg", "-nostdin", "-i", f"{STORE}/{recording}.wav", *wanted_quality(request.args), target]
    subprocess.run(command, check=True, timeout=120)  # <- safe
    return jsonify(file=os.path.basename(target)), 201
