"""Drafts of a local newspaper, which authors throw away when an article is printed."""

import os

from flask import Flask, flash, redirect, request, url_for
from flask_login import login_required
from flask_wtf import CSRFProtect

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
CSRFProtect(app)

DRAFTS = os.path.join(app.instance_path, "drafts")


def draft_paths(names):
    for name in names:
        if name.startswith("."):
            continue
        yield name, os.path.normpath(os.path.join(DRAFTS, name))


@app.post("/drafts/discard")
@login_required
def discard():
    removed = []
    for name, path in draft_paths(request.form.getlist("draft")):
        try:
            os.remove(path)  # <- weak
        except FileNotFoundError:
            flash("One draft was already gone.")
        else:
            removed.append(name)
    flash(f"{len(removed)} drafts were discarded.")
    return redirect(url_for("index"))


@app.get("/")
@login_required
def index():
    return {"drafts": sorted(os.listdir(DRAFTS))}
