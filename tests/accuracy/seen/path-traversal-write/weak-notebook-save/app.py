"""Field notes of a bird survey, saved as text files by the watchers."""

import os
from pathlib import Path

from flask import Flask, jsonify, request
from flask_login import current_user, login_required

app = Flask(__name__)
app.config["NOTES"] = Path(os.environ.get("NOTES_DIR", "/srv/birds/notes"))


class Note:
    def __init__(self, data):
        self.title = data.get("title", "untitled")
        self.text = str(data.get("text", ""))
        self.species = list(data.get("species", []))

    def path_below(self, folder):
        return folder / (self.title + ".txt")

    def save(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        target = self.path_below(folder)
        target.write_text(self.text, encoding="utf-8")  # <- weak
        return target


@app.post("/notes")
@login_required
def save_note():
    note = Note(request.get_json())
    target = note.save(app.config["NOTES"] / str(int(current_user.id)))
    return jsonify(size=target.stat().st_size), 201
