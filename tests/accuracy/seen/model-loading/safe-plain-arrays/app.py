"""Statistics of the counts of a traffic camera, sent as a NumPy array."""

import io

import numpy as np
from flask import Flask, abort, jsonify, request

app = Flask(__name__)


class CountUpload:
    options = {"allow_pickle": True}

    def __init__(self, raw):
        self.raw = raw
        self.options = {**type(self).options, "allow_pickle": False}

    def array(self):
        loaded = np.load(io.BytesIO(self.raw), **self.options)  # <- safe
        if not isinstance(loaded, np.ndarray) or loaded.dtype.kind not in "iuf":
            raise ValueError("numbers were expected")
        return loaded


@app.post("/cameras/<int:camera>/counts")
def counts(camera):
    raw = request.get_data()
    if len(raw) > 1_000_000:
        abort(413)
    try:
        array = CountUpload(raw).array()
    except (ValueError, EOFError):
        abort(422)
    return jsonify(camera=camera, total=float(array.sum()), highest=float(array.max(initial=0)))
