"""Import of measurements from old loggers, which can only write pickled numbers."""

import io
import pickle

from flask import Flask, jsonify, request

app = Flask(__name__)


class NumbersOnly(pickle.Unpickler):
    """Reads lists, dicts, strings and numbers, and no class or function at all."""

    def find_class(self, module, name):
        raise pickle.UnpicklingError(f"{module}.{name} is not allowed")

    def persistent_load(self, pid):
        raise pickle.UnpicklingError("references are not allowed")


def read_numbers(stream):
    loaded = NumbersOnly(stream).load()  # <- safe
    if not isinstance(loaded, list):
        raise ValueError("a list was expected")
    return [float(value) for value in loaded]


@app.post("/loggers/<int:logger>/values")
def import_values(logger):
    data = request.get_data()
    if len(data) > 100_000:
        return jsonify(error="too large"), 413
    try:
        values = read_numbers(io.BytesIO(data))
    except (pickle.UnpicklingError, ValueError, TypeError, EOFError):
        return jsonify(error="unreadable"), 422
    return jsonify(logger=logger, count=len(values))
