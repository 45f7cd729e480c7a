"""Exchange of encrypted parcels between doctors, always handed out as a download."""

import os
from pathlib import Path
from uuid import UUID, uuid4

from flask import Flask, abort, jsonify, request, send_file
from flask_login import login_required

app = Flask(__name__)

PARCELS = Path(os.environ.get("PARCELS_DIR", "/srv/doctors/parcels"))
FALLBACK = "application/octet-stream"


def parcel_path(parcel: UUID):
    return PARCELS / parcel.hex


def kind_for(req):
    kind = req.args.get("type", FALLBACK)
    if kind != FALLBACK:
        kind = FALLBACK
    return kind


@app.put("/parcels")
@login_required
def add_parcel():
    parcel = uuid4()
    parcel_path(parcel).write_bytes(request.get_data())
    return jsonify(parcel=str(parcel)), 201


@app.get("/parcels/<uuid:parcel>")
@login_required
def parcel(parcel):
    path = parcel_path(parcel)
    if not path.exists():
        abort(404)
    reply = send_file(path, mimetype=kind_for(request), as_attachment=True)  # <- safe
    reply.headers["X-Content-Type-Options"] = "nosniff"
    return reply
