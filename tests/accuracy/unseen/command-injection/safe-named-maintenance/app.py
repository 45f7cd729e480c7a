"""Operations page of a brewery that starts one of a few maintenance pipelines."""

import os
import subprocess
from collections import deque

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, current_user, login_required

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)
history = deque(maxlen=50)

PIPELINES = {
    "sensors": "journalctl -u brew-sensors --since today | gzip > /srv/brew/sensors.gz",
    "disk": "df -h /srv | tail -n 1 >> /srv/brew/disk.txt",
    "prune": "find /srv/brew/tmp -type f -mtime +7 -print0 | xargs -0 -r rm --",
}


class Task:
    def __init__(self, name, requested_by, note):
        self.name, self.requested_by, self.note = name, requested_by, note
        self.line = PIPELINES[name]

    def start(self):
        history.append({"task": self.name, "by": self.requested_by, "note": self.note})
        return subprocess.call(self.line, shell=True)  # <- safe


@app.post("/maintenance")
@login_required
def maintenance():
    form = request.form.to_dict()
    try:
        task = Task(form["task"], current_user.get_id(), form.get("note", "")[:200])
    except KeyError:
        abort(404)
    return jsonify(status=task.start())
