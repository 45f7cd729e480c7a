"""Self-test of a programming course that runs the course's own solutions."""

from flask import Flask, abort, jsonify, request

import solutions

app = Flask(__name__)


@app.post("/exercises/<int:number>/check")
def check(number):
    submission = request.get_json()
    source = submission.get("source", "")
    length = len(source)
    source = solutions.reference(number)
    if source is None:
        abort(404)
    namespace = {}
    exec(source, namespace)  # <- safe
    expected = namespace["solve"](3)
    given = submission.get("answer")
    return jsonify(correct=given == expected, characters=length)
