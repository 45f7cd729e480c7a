"""Time tracking for agencies whose staff work in more than one workspace."""

import os

from flask import Flask, abort, jsonify, request, session
from flask_login import LoginManager, login_required

from store import Entry, Workspace, db

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db.init_app(app)
LoginManager(app)


def chosen_workspace():
    wanted = request.form.get("workspace", type=int)
    if wanted is None:
        abort(400)
    workspace = db.session.get(Workspace, wanted)
    if workspace is None or workspace.closed:
        abort(404)
    return workspace


@app.post("/workspaces/switch")
@login_required
def switch():
    workspace = chosen_workspace()
    session["workspace_id"] = workspace.id  # <- weak
    return jsonify(workspace=workspace.name)


@app.get("/entries")
@login_required
def entries():
    found = db.session.scalars(db.select(Entry).filter_by(workspace_id=session["workspace_id"]).limit(100))
    return jsonify([{"minutes": entry.minutes, "note": entry.note} for entry in found])
