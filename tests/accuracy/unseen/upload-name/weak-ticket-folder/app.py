"""Help desk that keeps the screenshots of a ticket in the ticket's folder."""

import os

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, login_required

from storage import TicketStorage

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["MAX_CONTENT_LENGTH"] = 5 * 1024 * 1024
login_manager = LoginManager(app)


@app.post("/tickets/<int:ticket>/screenshots")
@login_required
def add_screenshots(ticket):
    storage = TicketStorage(ticket)
    accepted = [storage.keep(upload) for upload in request.files.getlist("screenshot") if upload.filename]
    if not all(accepted):
        abort(422)
    return jsonify(kept=len(accepted)), 201
