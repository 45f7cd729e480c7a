"""Meter readings sent in by the customers of a water company."""

import re

from flask import Flask, jsonify, request

app = Flask(__name__)


def flat(value):
    return re.sub(r"[^\x20-\x7e]", "?", str(value))


class ReadingReport:
    def __init__(self, meter, body):
        self.meter = meter
        self.litres = int(body.get("litres", 0))
        self.remark = flat(body.get("remark", ""))
        self.raw = body

    def line(self):
        return f"meter={self.meter} litres={self.litres} remark={self.remark}"


@app.post("/meters/<int:meter>/readings")
def reading(meter):
    try:
        report = ReadingReport(meter, request.get_json())
    except (TypeError, ValueError):
        return jsonify(error="litres must be a number"), 400
    app.logger.info(report.line())  # <- safe
    return jsonify(meter=meter, litres=report.litres), 201
