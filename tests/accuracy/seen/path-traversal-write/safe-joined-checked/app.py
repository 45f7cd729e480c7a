"""Translations of a cook book, edited in the browser and written back to disk."""

from pathlib import Path

from flask import Flask, request
from flask.views import MethodView
from flask_login import login_required
from werkzeug.exceptions import BadRequest
from werkzeug.security import safe_join

app = Flask(__name__)

ROOT = "/srv/cookbook/translations"


def checked(name):
    path = safe_join(ROOT, name)
    if path is None or not path.endswith(".po"):
        raise BadRequest("no such translation")
    return Path(path)


class Translation(MethodView):
    decorators = [login_required]

    def get(self, name):
        return {"lines": checked(name).read_text(encoding="utf-8").splitlines()}

    def put(self, name):
        target = checked(name)
        lines = request.get_json()["lines"]
        target.write_text("\n".join(str(line) for line in lines), encoding="utf-8")  # <- safe
        return {"saved": len(lines)}


app.add_url_rule("/translations/<path:name>", view_func=Translation.as_view("translation"))
