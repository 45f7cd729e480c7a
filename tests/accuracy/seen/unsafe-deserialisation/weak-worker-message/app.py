"""Entry point of a queue of print jobs, filled by other machines over HTTP."""

from flask import Flask, jsonify, request

from codecs_table import decoder_for

app = Flask(__name__)
jobs = []


def read_message(req):
    decode = decoder_for(req.mimetype)
    if decode is None:
        return None
    return decode(req.get_data())


@app.post("/jobs")
def add_job():
    message = read_message(request)
    if not isinstance(message, dict):
        return jsonify(error="unsupported message"), 415
    jobs.append({"printer": str(message.get("printer")), "pages": int(message.get("pages", 1))})
    return jsonify(waiting=len(jobs)), 202


@app.get("/jobs")
def list_jobs():
    return jsonify(jobs)
