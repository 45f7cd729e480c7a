"""Lab results that clinics upload for each other under a random number."""

from pathlib import Path
from uuid import UUID, uuid4

from flask import Blueprint, Flask, abort, jsonify, request, send_from_directory
from flask_login import login_required

results = Blueprint("results", __name__, url_prefix="/results")

UPLOADS = Path("/srv/clinic/uploads")


def as_download(reply, name):
    reply.headers.set("Content-Disposition", "attachment", filename=name)
    reply.headers["X-Content-Type-Options"] = "nosniff"
    reply.mimetype = "application/octet-stream"
    return reply


@results.post("/")
@login_required
def add_result():
    number = uuid4()
    request.files["result"].save(UPLOADS / number.hex)
    return jsonify(result=str(number)), 201


@results.get("/<uuid:number>")
@login_required
def result(number: UUID):
    if not (UPLOADS / number.hex).is_file():
        abort(404)
    reply = send_from_directory(UPLOADS, number.hex)  # <- safe
    return as_download(reply, f"result-{number.hex[:8]}.bin")


def create_app():
    app = Flask(__name__)
    app.register_blueprint(results)
    return app
