"""Start backups of a charity's databases from an internal dashboard."""

from flask import Flask, jsonify, request

from jobs.runner import BackupJob

app = Flask(__name__)


@app.post("/backups")
def start_backup():
    body = request.get_json()
    job = BackupJob(body["database"])
    if body.get("label"):
        job.tags.append(body["label"])
    return jsonify(exit_code=job.start()), 202
