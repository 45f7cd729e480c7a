"""Site builder for restaurants: the editor sends all changed text files in one request."""

import os
from collections.abc import Mapping
from pathlib import Path

from flask import Flask, jsonify, request
from flask_login import LoginManager, current_user, login_required

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["MAX_CONTENT_LENGTH"] = 1024 * 1024
login_manager = LoginManager(app)
SITES = Path("/srv/sites")
SUFFIXES = {".md", ".txt"}


def flatten(tree, prefix=""):
    for name, node in tree.items():
        if isinstance(node, Mapping):
            yield from flatten(node, f"{prefix}{name}/")
        else:
            yield prefix + name, str(node)


def save(root, files):
    saved = []
    for name, content in files:
        target = root / name
        if target.suffix not in SUFFIXES or not target.parent.is_dir():
            continue
        target.write_text(content, encoding="utf-8")  # <- weak
        saved.append(name)
    return saved


@app.put("/site/files")
@login_required
def put_files():
    root = SITES / str(int(current_user.restaurant_id))
    body = request.get_json()
    return jsonify(saved=save(root, flatten(body["files"])))
