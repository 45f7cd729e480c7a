"""Community radio station that converts listeners' jingles for the playout system."""

import os

from flask import Flask, jsonify, request
from flask_login import LoginManager, login_required

from jobs import ConvertJob, run_job

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)
INBOX = "/srv/radio/inbox"


@app.post("/jingles/<uuid:jingle_id>/convert")
@login_required
def convert(jingle_id):
    body = request.get_json()
    job = ConvertJob(source=f"{INBOX}/{jingle_id}.wav", tags={"title": body["title"], "genre": "jingle"})
    job.bitrate = int(body.get("bitrate", 192))
    return jsonify(ok=run_job(job) == 0), 202
