"""Work folders of a film festival, in which jurors put their notes on each film."""

import os
import stat
from pathlib import Path

from flask import Blueprint, Flask, jsonify, request
from flask_login import login_required

jury = Blueprint("jury", __name__)

ROOT = Path("/srv/festival/jury")
EVERYONE = stat.S_IRWXU | stat.S_IRWXG | stat.S_IRWXO


class WorkFolder:
    mode = stat.S_IRWXU

    def __init__(self, film):
        self.path = ROOT / f"film-{film}"

    def prepare(self):
        self.path.mkdir(parents=True, exist_ok=True)
        os.chmod(self.path, self.mode)  # <- weak
        return self.path


class SharedFolder(WorkFolder):
    mode = EVERYONE


@jury.put("/films/<int:film>/notes")
@login_required
def notes(film):
    folder = SharedFolder(film).prepare()
    text = str(request.get_json()["text"])
    (folder / "notes.txt").write_text(text, encoding="utf-8")
    return jsonify(film=film, length=len(text))


def create_app():
    app = Flask(__name__)
    app.register_blueprint(jury)
    return app
