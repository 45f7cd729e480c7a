"""Import service of a seed bank that writes a trace file of its own."""

import os
from datetime import UTC, datetime

from flask import Flask, g, jsonify, request

app = Flask(__name__)


class Trace:
    def __init__(self):
        self.lines = []

    def __iadd__(self, line):
        self.lines.append(f"{datetime.now(UTC):%H:%M:%S} {line}")
        return self

    def flush(self):
        with open(os.environ["TRACE_FILE"], "a", encoding="utf-8") as out:
            out.write("\n".join(self.lines) + "\n")  # <- weak


@app.before_request
def start_trace():
    g.trace = Trace()


@app.after_request
def end_trace(response):
    if g.trace.lines:
        g.trace.flush()
    return response


@app.post("/seeds")
def import_seeds():
    rows = request.get_json()
    accepted = [row for row in rows if row.get("grams", 0) > 0]
    for row in accepted:
        g.trace += "imported " + str(row.get("species", "?"))
    return jsonify(imported=len(accepted))
