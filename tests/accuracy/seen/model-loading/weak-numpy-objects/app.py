"""Comparison of spectra that chemists upload as NumPy files."""

import io

import numpy as np
from flask import Flask, jsonify, request

app = Flask(__name__)

OPTIONS = {"allow_pickle": True, "mmap_mode": None}


def spectra(files):
    for key in ("reference", "sample"):
        yield key, files[key].stream.read()


def read_array(content, **options):
    array = np.load(io.BytesIO(content), **options)  # <- weak
    if array.ndim != 1:
        raise ValueError("a spectrum has one dimension")
    return array.astype(float)


@app.post("/spectra/comparison")
def compare():
    try:
        arrays = {key: read_array(content, **OPTIONS) for key, content in spectra(request.files)}
    except (ValueError, OSError):
        return jsonify(error="unreadable spectrum"), 422
    size = min(array.size for array in arrays.values())
    difference = arrays["reference"][:size] - arrays["sample"][:size]
    return jsonify(distance=float(np.sqrt((difference**2).sum())), points=size)
