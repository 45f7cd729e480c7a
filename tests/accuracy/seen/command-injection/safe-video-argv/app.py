"""Duration probe for the video library of a film museum."""

import os
import subprocess

from flask import Flask, abort, jsonify
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)


class Reel(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    title = db.Column(db.String(200), unique=True)


def probe_arguments(title):
    yield "ffprobe"
    yield from ("-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0")
    yield "-i"
    yield f"file:/srv/reels/{title.replace('/', '_')}.mkv"


@app.get("/reels/<title>/duration")
def duration(title):
    reel = Reel.query.filter_by(title=title).first_or_404()
    done = subprocess.run(list(probe_arguments(reel.title)), capture_output=True, text=True)  # <- safe
    if done.returncode != 0:
        abort(502)
    return jsonify(title=reel.title, seconds=float(done.stdout))
