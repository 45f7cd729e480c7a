"""Restart of video walls in a shopping centre, each a small computer behind SSH."""

import os

from flask import Flask, abort, jsonify
from flask_login import LoginManager, login_required

from walls import Wall

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
LoginManager(app)
WALLS = {name: Wall(f"{name}.walls.internal", os.environ["WALL_PASSWORD"]) for name in ("atrium", "north", "cinema")}


@app.post("/walls/<name>/restart")
@login_required
def restart(name):
    wall = WALLS.get(name)
    if wall is None:
        abort(404)
    return jsonify(wall=name, status=wall.run("restart-player"))
