"""Archive of a choir, from which singers read the notes of a piece."""

import os

from flask import Flask, Response, abort, request

app = Flask(__name__)
app.config.from_mapping(SCORES=os.environ.get("SCORES_DIR", "/srv/choir/scores"))


class ScoreShelf:
    def __init__(self, folder):
        self.folder = folder
        self.voice = None
        self.piece = None

    def choose(self, piece, voice="soprano"):
        self.piece = piece
        self.voice = voice
        return self

    @property
    def location(self):
        return os.path.join(self.folder, self.voice, self.piece)

    def text(self):
        with open(self.location, encoding="utf-8") as score:  # <- weak
            return score.read()


@app.get("/scores")
def score():
    piece = request.args.get("piece")
    if not piece:
        abort(400)
    shelf = ScoreShelf(app.config["SCORES"]).choose(piece)
    try:
        return Response(shelf.text(), mimetype="text/plain")
    except FileNotFoundError:
        abort(404)
