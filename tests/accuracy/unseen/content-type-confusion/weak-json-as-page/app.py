"""Word suggestions for the search box of an online dictionary."""

import json
from functools import wraps

from flask import Flask, make_response, request

app = Flask(__name__)
WORDS = ("haven", "hazel", "heath", "hinge", "holly")


def as_json(view):
    @wraps(view)
    def inner(*args, **kwargs):
        result = view(*args, **kwargs)
        status = 200 if result["suggestions"] else 404
        text = json.dumps(result, ensure_ascii=False, indent=None)
        return make_response(text, status)  # <- weak

    return inner


def near(word, distance=2):
    for candidate in WORDS:
        misses = sum(left != right for left, right in zip(word, candidate))
        if misses + abs(len(word) - len(candidate)) <= distance:
            yield candidate


@app.get("/suggest")
@as_json
def suggest():
    word = request.args.get("word", "")
    return {"word": word, "suggestions": list(near(word.lower()))}


@app.get("/words/<int:length>")
@as_json
def of_length(length):
    return {"length": length, "suggestions": [word for word in WORDS if len(word) == length]}
