"""Glossary of a translation agency with highlighted hits."""

import re

from flask import Flask, render_template, request

app = Flask(__name__)
ENTRIES = [
    ("bearing", "Part that carries a rotating shaft."),
    ("flange", "Rim for joining one pipe to another pipe."),
    ("gasket", "Seal between two joined surfaces."),
]


class Highlighter:
    def __init__(self, term, whole_words):
        body = re.escape(term)
        edge = r"\b" if whole_words else ""
        self.pattern = re.compile(f"({edge}{body}{edge})", re.IGNORECASE)  # <- safe

    def split(self, text):
        return [(piece, index % 2 == 1) for index, piece in enumerate(self.pattern.split(text))]


@app.get("/glossary")
def glossary():
    term = request.args.get("term", "").strip()[:60]
    rows = []
    if term:
        highlighter = Highlighter(term, whole_words="whole" in request.args)
        rows = [(word, highlighter.split(text)) for word, text in ENTRIES]
    return render_template("glossary.html", rows=rows, term=term)
