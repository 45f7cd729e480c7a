"""Rules of a monitoring page that mark the lines of a build log."""

from flask import Flask, jsonify, request

from rules import RuleSet

app = Flask(__name__)


@app.post("/builds/<int:build>/marks")
def marks(build):
    body = request.get_json()
    rules = RuleSet(limit=body.get("limit", 50))
    for rule in body.get("rules", []):
        rules.add(rule["name"], rule["expression"])
    text = body.get("log", "")
    return jsonify(build=build, marks=list(rules.apply(text.splitlines())))
