"""Filing of scanned letters in the archive of a law firm."""

import shutil
from pathlib import Path

from flask import Blueprint, Flask, abort, request
from flask_login import login_required

filing = Blueprint("filing", __name__)

INBOX = Path("/srv/lawfirm/inbox")
ARCHIVE = Path("/srv/lawfirm/archive")


def filed(func):
    def wrapper(**kwargs):
        places = {"source": INBOX, "target": ARCHIVE}
        for key in places:
            places[key] = places[key] / kwargs.get(key, "unsorted")
        return func(**places)

    return wrapper


@filed
def move(source, target):
    if not source.is_file():
        abort(404)
    if target.exists():
        abort(409)
    shutil.move(source, target)  # <- weak


@filing.put("/letters/<scan>/place")
@login_required
def place(scan):
    wanted = request.get_json()
    drawer = "/".join([wanted["client"], wanted["drawer"], scan])
    move(source=scan, target=drawer)
    return "", 204


def create_app():
    app = Flask(__name__)
    app.register_blueprint(filing)
    return app
