"""Research archive in which curators export one table of a survey database."""

import os
import shlex
import subprocess
import uuid

from flask import Flask, jsonify, request
from flask_login import LoginManager, login_required

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)
EXPORTS = "/srv/archive/exports"


class Pipeline:
    def __init__(self):
        self.stages = []

    def stage(self, program, *words):
        self.stages.append(" ".join([program, *map(shlex.quote, words)]))
        return self

    def into(self, path):
        return " | ".join(self.stages) + " > " + shlex.quote(path)


@app.post("/surveys/<int:survey_id>/export")
@login_required
def export(survey_id):
    table = request.form["table"]
    target = f"{EXPORTS}/{uuid.uuid4().hex}.sql.gz"
    dump = Pipeline().stage("pg_dump", "--data-only", f"--table={table}", f"survey_{survey_id}").stage("gzip", "-9")
    done = subprocess.run(dump.into(target), shell=True, timeout=300)  # <- safe
    if done.returncode:
        return jsonify(error="export failed"), 500
    return jsonify(file=os.path.basename(target))
