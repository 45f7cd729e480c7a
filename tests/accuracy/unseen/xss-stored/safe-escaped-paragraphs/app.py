"""Shift handover book of a fire station with notes that keep their line breaks."""

import json
import os
from pathlib import Path

from flask import Flask, jsonify, render_template, request
from flask_login import LoginManager, current_user, login_required
from markupsafe import Markup, escape

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)
BOOK = Path("/var/lib/station/handover.jsonl")


@app.template_filter("paragraphs")
def paragraphs(text):
    blocks = (str(escape(block)).replace("\n", "<br>") for block in text.replace("\r", "").split("\n\n"))
    return Markup("".join("<p>" + block + "</p>" for block in blocks))  # <- safe


def notes():
    if not BOOK.exists():
        return []
    return [json.loads(line) for line in BOOK.read_text().splitlines()]


@app.post("/handover")
@login_required
def write_note():
    note = {"by": current_user.get_id(), "text": request.form["text"][:4000]}
    with BOOK.open("a") as book:
        book.write(json.dumps(note) + "\n")
    return jsonify(saved=True), 201


@app.get("/handover")
@login_required
def read_notes():
    return render_template("handover.html", notes=reversed(notes()))
