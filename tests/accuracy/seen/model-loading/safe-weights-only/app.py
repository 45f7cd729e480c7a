"""Comparison of two sets of weights that a research group uploads."""

import io
from functools import partial

import torch
from flask import Flask, jsonify, request
from flask_login import login_required

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 50 * 1024 * 1024

load_weights = partial(torch.load, map_location="cpu", weights_only=True)


def tensors(upload):
    state = load_weights(io.BytesIO(upload.read()))  # <- safe
    if not isinstance(state, dict):
        raise ValueError("a state dict was expected")
    return {name: value for name, value in state.items() if isinstance(value, torch.Tensor)}


@app.post("/weights/comparison")
@login_required
def compare():
    first, second = (tensors(request.files[key]) for key in ("first", "second"))
    shared = sorted(set(first) & set(second))
    same = [name for name in shared if torch.equal(first[name], second[name])]
    return jsonify(shared=len(shared), same=len(same))
