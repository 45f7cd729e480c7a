"""Essays that pupils write and submit in a writing course."""

import os

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, current_user, login_required
from flask_wtf import CSRFProtect

from essays import Pupil, get_essay, load_pupil, new_essay

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
CSRFProtect(app)
login_manager = LoginManager(app)
login_manager.user_loader(load_pupil)


def owned(essay, pupil: Pupil):
    return essay is not None and essay.author_id == pupil.id


@app.post("/essays")
@login_required
def start():
    essay = new_essay(current_user.id, request.form.get("title", "")[:100])
    return jsonify(essay.as_dict()), 201


@app.get("/essays/<int:number>")
@login_required
def read(number):
    essay = get_essay(number)
    if not owned(essay, current_user):
        abort(404)
    return jsonify(essay.as_dict())


@app.post("/essays/<int:number>/submit")
@login_required
def submit(number):  # <- weak
    essay = get_essay(number)
    owned(essay, current_user)
    if essay is None:
        abort(404)
    essay.submitted = True
    essay.text = request.form.get("text", "")[:20_000]
    return jsonify(essay.as_dict())
