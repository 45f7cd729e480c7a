"""Voice messages of a youth helpline, kept under names that the server makes."""

import os
import uuid
from pathlib import Path

from flask import Flask, jsonify, request

app = Flask(__name__)

MESSAGES = Path(os.environ.get("MESSAGES_DIR", "/srv/helpline/messages"))


def fresh_path(suggested):
    label = suggested.strip()[:40] or "message"
    name = uuid.uuid4().hex + ".bin"
    return label, MESSAGES / name


@app.post("/messages")
def leave_message():
    label, path = fresh_path(request.args.get("name", ""))
    content = request.get_data(cache=False)
    if len(content) > 2_000_000:
        return jsonify(error="too long"), 413
    with open(path, "wb") as target:  # <- safe
        target.write(content)
    return jsonify(label=label, size=len(content)), 201
