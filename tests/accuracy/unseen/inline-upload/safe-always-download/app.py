"""Exchange of working files between the architects of a building project."""

import os
import uuid
from functools import partial
from pathlib import Path

from flask import Blueprint, Flask, abort, jsonify, request, send_from_directory
from flask_login import LoginManager, current_user, login_required
from redis import Redis

bp = Blueprint("files", __name__, url_prefix="/projects/<int:project>/files")
FOLDER = Path("/srv/building-files")
names = Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)

hand_over = partial(send_from_directory, FOLDER, as_attachment=True, mimetype="application/octet-stream")


@bp.before_request
@login_required
def members_only():
    if request.view_args["project"] not in current_user.projects:
        abort(404)


@bp.post("")
def put(project):
    upload = request.files["file"]
    key = uuid.uuid4().hex
    upload.save(FOLDER / key)
    names.hset(f"project:{project}", key, Path(upload.filename).name[:100] or "file")
    return jsonify(key=key), 201


@bp.get("/<uuid:key>")
def get(project, key):
    shown = names.hget(f"project:{project}", key.hex)
    if shown is None:
        abort(404)
    response = hand_over(key.hex, download_name=shown)  # <- safe
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def create_app():
    app = Flask(__name__)
    app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], MAX_CONTENT_LENGTH=64 * 1024 * 1024)
    LoginManager(app)
    app.register_blueprint(bp)
    return app
