"""Upload of lab measurements that are written as Python literals by an old device."""

import ast

from flask import Flask, abort, jsonify, request

app = Flask(__name__)


class Measurement:
    def __init__(self, sample, values):
        self.sample = sample
        self.values = values

    @classmethod
    def parse(cls, line):
        sample, _, literal = line.partition("=")
        values = ast.literal_eval(literal.strip())  # <- safe
        if not isinstance(values, (list, tuple)):
            raise ValueError("a list of numbers is expected")
        return cls(sample.strip(), [float(value) for value in values])


@app.post("/measurements")
def measurements():
    lines = request.get_data(as_text=True)[:20_000].splitlines()
    try:
        parsed = [Measurement.parse(line) for line in lines if "=" in line]
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        abort(400)
    return jsonify({item.sample: sum(item.values) / max(len(item.values), 1) for item in parsed})
