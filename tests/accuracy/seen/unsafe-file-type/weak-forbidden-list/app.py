"""Shared papers of a tenants' council, published in the public folder of the site."""

import os

from flask import Flask, flash, redirect, render_template, request, url_for
from werkzeug.utils import secure_filename

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]

PUBLIC = os.path.join(app.root_path, "static", "papers")
REFUSED = ["exe", "bat", "sh", "php"]


def refused(name):
    ending = name.rpartition(".")[2]
    return ending in REFUSED


def store(upload):
    name = secure_filename(upload.filename)
    if not name or refused(name):
        return None
    upload.save(os.path.join(PUBLIC, name))  # <- weak
    return name


@app.route("/papers", methods=["GET", "POST"])
def papers():
    if request.method == "POST":
        names = [store(upload) for upload in request.files.getlist("paper")]
        flash(f"{sum(1 for name in names if name)} papers were published.")
        return redirect(url_for("papers"))
    return render_template("papers.html", names=sorted(os.listdir(PUBLIC)))
