"""Playground where customers try their own fine-tuned text classifiers."""

import os
import uuid
from pathlib import Path

from flask import Flask, jsonify, request
from flask_login import LoginManager, current_user, login_required

from engine import Registry

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
LoginManager(app)
registry = Registry(Path("/var/lib/playground/weights"))


@app.post("/models")
@login_required
def add_model():
    upload = request.files["weights"]
    if Path(upload.filename).suffix not in {".pt", ".bin"}:
        return jsonify(error="Only .pt and .bin files are accepted."), 415
    name = uuid.uuid4().hex
    upload.save(registry.path_of(current_user.id, name))
    return jsonify(model=name), 201


@app.post("/models/<uuid:name>/classify")
@login_required
def classify(name):
    model = registry.get(current_user.id, name.hex)
    return jsonify(labels=model.labels(request.get_json()["texts"]))
