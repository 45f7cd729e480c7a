"""Playlist search of a local radio station that accepts regular expressions."""

import re

from flask import Flask, jsonify, request

app = Flask(__name__)

PLAYLIST = ["Morning has broken", "Blue in green", "So what", "A very long title that goes on and on and on"]


class Search:
    flags = re.IGNORECASE

    def __init__(self, words):
        self.words = [word for word in words if word]

    @property
    def pattern(self):
        return "|".join(f"(?:{word})" for word in self.words) or ".*"

    def hits(self):
        pattern = self.pattern
        return [title for title in PLAYLIST if re.search(pattern, title, self.flags)]  # <- weak


@app.get("/playlist/search")
def search():
    try:
        return jsonify(Search(request.args.getlist("word")).hits())
    except re.error:
        return jsonify(error="the pattern is not valid"), 400
