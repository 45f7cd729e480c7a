"""Lesson packages of a language school, unpacked file by file."""

import zipfile
from pathlib import Path

from flask import Flask, abort, jsonify, request

app = Flask(__name__)

LESSONS = Path("/srv/school/lessons").resolve()
LIMIT = 30_000_000


def place_of(folder, name):
    place = (folder / name).resolve()
    if folder not in place.parents:
        abort(422, description="a member leaves the folder of the lesson")
    return place


def unpack(package, folder):
    plan = [(info, place_of(folder, info.filename)) for info in package.infolist() if not info.is_dir()]
    if sum(info.file_size for info, _ in plan) > LIMIT:
        abort(413)
    for info, place in plan:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(package.read(info))  # <- safe
    return len(plan)


@app.post("/lessons/<int:lesson>/package")
def upload(lesson):
    folder = LESSONS / str(lesson)
    try:
        with zipfile.ZipFile(request.files["package"]) as package:
            count = unpack(package, folder)
    except zipfile.BadZipFile:
        abort(422)
    return jsonify(files=count)
