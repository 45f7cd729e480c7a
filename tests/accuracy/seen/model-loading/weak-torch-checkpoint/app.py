"""Service that grades the pictures of apples with a model that the grower sends."""

import io

import torch
from flask import Flask, jsonify, request
from flask_login import login_required

from graders import Grader

app = Flask(__name__)
graders = {}


def checkpoint_from(req):
    upload = req.files["model"]
    return io.BytesIO(upload.read())


@app.put("/growers/<int:grower>/model")
@login_required
def set_model(grower):
    checkpoint = checkpoint_from(request)
    state = torch.load(checkpoint, map_location="cpu", weights_only=False)  # <- weak
    graders[grower] = Grader(state["weights"], state.get("labels", []))
    return jsonify(labels=graders[grower].labels)


@app.get("/growers/<int:grower>/labels")
@login_required
def labels(grower):
    found = graders.get(grower)
    return jsonify(labels=found.labels if found else [])
