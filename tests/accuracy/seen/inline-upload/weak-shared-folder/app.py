"""Shared folder of a parents' association, for lists, letters and photographs."""

import os

from flask import Flask, abort, redirect, render_template, request, send_from_directory, url_for
from flask_login import login_required
from werkzeug.utils import secure_filename

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SHARED"] = os.path.join(app.instance_path, "shared")


def shared_names():
    return sorted(os.listdir(app.config["SHARED"]))


@app.post("/shared")
@login_required
def add():
    upload = request.files["paper"]
    name = secure_filename(upload.filename)
    if not name:
        abort(400)
    upload.save(os.path.join(app.config["SHARED"], name))
    return redirect(url_for("index"))


@app.get("/shared")
@login_required
def index():
    return render_template("shared.html", names=shared_names())


@app.get("/shared/<name>")
@login_required
def paper(name):
    return send_from_directory(app.config["SHARED"], name, max_age=60)  # <- weak
