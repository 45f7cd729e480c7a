"""Attachments of insurance claims that a clerk may delete while a claim is a draft."""

import os

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, current_user, login_required

from claims import draft_of

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)


@app.post("/claims/<int:number>/attachments/delete")
@login_required
def delete_attachments(number):
    draft = draft_of(number, clerk=current_user.get_id())
    if draft is None:
        abort(404)
    names = [name for name in request.form.getlist("name") if name]
    removed = draft.drop(*names)
    return jsonify(removed=removed)


@app.get("/claims/<int:number>/attachments")
@login_required
def attachments(number):
    draft = draft_of(number, clerk=current_user.get_id())
    if draft is None:
        abort(404)
    return jsonify(sorted(draft.names))
