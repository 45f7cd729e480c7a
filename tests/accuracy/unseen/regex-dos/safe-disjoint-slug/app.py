"""Publishing tool for the web pages of a small municipality."""

import os
import re

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, login_required

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
pages = {}


def page_slug(fields):
    slug = fields.get("slug", "")
    if len(slug) > 80:
        abort(422)
    if not SLUG.fullmatch(slug):  # <- safe
        abort(422)
    return slug


@app.post("/pages")
@login_required
def publish():
    fields = request.form
    slug = page_slug(fields)
    if slug in pages:
        abort(409)
    pages[slug] = {"title": fields["title"][:120], "text": fields["text"][:20_000]}
    return jsonify(slug=slug), 201


@app.get("/pages/<slug>")
def page(slug):
    if slug not in pages:
        abort(404)
    return jsonify(pages[slug])
