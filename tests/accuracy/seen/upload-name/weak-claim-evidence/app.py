"""Evidence for claims of a travel insurer, several files at a time."""

from pathlib import Path

from flask import Flask, jsonify, request
from flask_login import login_required

from naming import storage_name

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 20 * 1024 * 1024

EVIDENCE = Path("/srv/insurer/evidence")
KINDS = {".jpg", ".jpeg", ".png", ".pdf"}


def accepted(upload):
    return Path(upload.filename or "").suffix.lower() in KINDS


@app.post("/claims/<int:claim>/evidence")
@login_required
def add_evidence(claim):
    (EVIDENCE / str(claim)).mkdir(exist_ok=True)
    kept = []
    for upload in request.files.getlist("evidence"):
        if not accepted(upload):
            continue
        name = storage_name(claim, upload)
        upload.save(EVIDENCE / name)  # <- weak
        kept.append(upload.mimetype)
    return jsonify(kept=kept), 201
