"""Video portal of a sports club that cuts highlights out of match recordings."""

import os
import shlex
import subprocess
import uuid

from flask import Flask, jsonify, request
from flask_login import LoginManager, login_required

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)
CUT = "ffmpeg -hide_banner -ss {start} -i /srv/matches/{match}.mp4 -t {length} -c copy /srv/clips/{clip}.mp4"


class Cutter:
    def __init__(self, template):
        self.template = template

    def __call__(self, **values):
        words = shlex.split(self.template.format(**values))
        return subprocess.Popen(words, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # <- weak


cut = Cutter(CUT)


@app.post("/matches/<int:match_id>/clips")
@login_required
def new_clip(match_id):
    wish = request.get_json()
    clip = uuid.uuid4().hex
    length = min(int(wish["length"]), 90)
    cut(match=match_id, clip=clip, length=length, start=str(wish.get("start", "0")))
    return jsonify(clip=clip), 202
