"""Recordings of a language school: teachers move a recording to the bin or restore it."""

import os
import shutil

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, current_user, login_required
from werkzeug.utils import safe_join

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)
RECORDINGS = "/srv/school/recordings"
BIN = "/srv/school/bin"


class Shelf:
    def __init__(self, base, teacher_id):
        self.base = os.path.join(base, str(int(teacher_id)))

    def path(self, name):
        return safe_join(self.base, name) or abort(404)


def move(source, target, name):
    origin, goal = source.path(name), target.path(name)
    if not os.path.isfile(origin) or os.path.exists(goal):
        abort(404)
    os.makedirs(os.path.dirname(goal), exist_ok=True)
    shutil.move(origin, goal)  # <- safe


@app.post("/recordings/<any(remove, restore):action>")
@login_required
def recordings(action):
    shelves = [Shelf(RECORDINGS, current_user.id), Shelf(BIN, current_user.id)]
    if action == "restore":
        shelves.reverse()
    move(*shelves, request.form["name"])
    return jsonify(done=action)
