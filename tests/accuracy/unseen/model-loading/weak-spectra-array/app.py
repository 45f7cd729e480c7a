"""Statistics over spectra that laboratory staff upload as arrays."""

import io
import os

import numpy as np
from flask import Flask, abort, jsonify, request

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], MAX_CONTENT_LENGTH=8 * 1024 * 1024)

READ_OPTIONS = {"mmap_mode": None, "allow_pickle": True}


class Spectrum:
    def __init__(self, samples):
        self.samples = samples

    @classmethod
    def from_upload(cls, upload, **extra):
        options = {**READ_OPTIONS, **extra}
        archive = np.load(io.BytesIO(upload.read()), **options)  # <- weak
        if archive.ndim != 1:
            raise ValueError("a spectrum is a row of numbers")
        return cls(archive.astype(float))

    def summary(self):
        return {"peak": int(self.samples.argmax()), "mean": float(self.samples.mean())}


@app.post("/instruments/<int:instrument>/spectra")
def add_spectrum(instrument):
    upload = request.files.get("spectrum")
    if upload is None or not upload.filename.endswith(".npy"):
        abort(400)
    try:
        spectrum = Spectrum.from_upload(upload, encoding="latin1")
    except ValueError:
        abort(422)
    return jsonify(instrument=instrument, **spectrum.summary())
