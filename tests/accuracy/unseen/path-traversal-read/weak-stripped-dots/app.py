"""Download of scanned building plans that are sorted by district and street."""

import os

from flask import Flask, abort, request, send_file
from flask_login import LoginManager, login_required

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)


class Archive:
    def __init__(self, root, suffixes=(".pdf", ".tif")):
        self.root = root
        self.suffixes = suffixes

    def clean(self, part):
        return part.replace("../", "").lstrip("/")

    def locate(self, *parts):
        path = os.path.join(self.root, *map(self.clean, parts))
        return path if os.path.isfile(path) else None

    def accepts(self, name):
        return name.lower().endswith(self.suffixes)


plans = Archive("/srv/plans")


@app.get("/plans/<district>")
@login_required
def plan(district):
    sheet = request.args.get("sheet", "")
    if not plans.accepts(sheet):
        abort(404)
    found = plans.locate(district, sheet)
    if found is None:
        abort(404)
    return send_file(found, as_attachment=True)  # <- weak
