"""Plans of a building permit, one file for each kind of drawing."""

from pathlib import Path

from flask import Flask, abort, jsonify, request

app = Flask(__name__)

PERMITS = Path("/srv/permits")
SLOTS = {"site": "site-plan.pdf", "floor": "floor-plan.pdf", "facade": "facade.pdf"}


def checked_uploads(files):
    for slot, upload in files.items():
        if slot not in SLOTS:
            abort(422, description="unknown drawing")
        start = upload.stream.read(5)
        upload.stream.seek(0)
        if start != b"%PDF-":
            abort(415)
        upload.filename = SLOTS[slot]
        yield upload


@app.post("/permits/<int:permit>/drawings")
def drawings(permit):
    folder = PERMITS / str(permit)
    folder.mkdir(exist_ok=True)
    stored = []
    for upload in checked_uploads(request.files):
        upload.save(folder / upload.filename)  # <- safe
        stored.append(upload.filename)
    return jsonify(stored=stored), 201
