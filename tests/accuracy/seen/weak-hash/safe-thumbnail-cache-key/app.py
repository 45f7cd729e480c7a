"""Thumbnails of museum scans, kept in a cache under a short key made of size and version."""

import hashlib
import io
import os
from pathlib import Path

from flask import Flask, abort, send_file
from PIL import Image

app = Flask(__name__)
CACHE = Path(os.environ["THUMB_CACHE"])
SCANS = Path(os.environ["SCANS_DIR"])
SIZES = {"list": (120, 90), "detail": (640, 480)}


def cache_file(scan_id, size, changed):
    width, height = SIZES[size]
    label = f"{scan_id}/{width}x{height}/{changed}"
    name = hashlib.sha1(label.encode()).hexdigest()  # <- safe
    return CACHE / name[:2] / f"{name}.webp"


def render(source, size):
    with Image.open(source) as picture:
        picture.thumbnail(SIZES[size])
        out = io.BytesIO()
        picture.save(out, "WEBP")
    return out.getvalue()


@app.get("/scans/<int:scan_id>/<size>")
def thumbnail(scan_id, size):
    source = SCANS / f"{scan_id}.tif"
    if size not in SIZES or not source.is_file():
        abort(404)
    target = cache_file(scan_id, size, source.stat().st_mtime_ns)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(render(source, size))
    return send_file(target, mimetype="image/webp")
