"""Monthly reports of a recycling yard, where debug keeps the steps of a calculation."""

import os

from flask import Flask, abort, jsonify, session

from reports import Report

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
WEIGHTS = {"2024-01": [120, 80, 340], "2024-02": [95, 410]}


@app.before_request
def clerks_only():
    if session.get("role") != "clerk":
        abort(403)


@app.get("/reports/<month>")
def report(month):
    if month not in WEIGHTS:
        abort(404)
    calculation = Report(WEIGHTS[month])
    result = calculation.run(debug=True)  # <- safe
    return jsonify(total=result, steps=calculation.steps)


if __name__ == "__main__":
    app.run(port=5001)
