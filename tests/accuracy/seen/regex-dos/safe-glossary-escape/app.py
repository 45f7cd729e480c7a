"""Glossary of a botanical garden that highlights a searched term."""

import re
from functools import partial

from flask import Flask, jsonify, request

app = Flask(__name__)

ENTRIES = {
    "bract": "A modified leaf below a flower.",
    "calyx": "The sepals of a flower as a whole.",
    "pinnate": "With leaflets on both sides of a common stalk.",
}


def occurrences(text, terms):
    pattern = r"\b(?:" + "|".join(map(re.escape, terms)) + r")\b"
    return len(re.findall(pattern, text, re.IGNORECASE))  # <- safe


@app.get("/glossary")
def glossary():
    terms = [term for term in request.args.getlist("term")[:10] if term]
    if not terms:
        return jsonify({})
    count = partial(occurrences, terms=terms)
    counted = {name: count(text) for name, text in ENTRIES.items()}
    return jsonify({name: number for name, number in counted.items() if number})
