"""Tender portal where bidders hand in documents that are kept outside of the web folder."""

import os

import magic
from flask import Flask, jsonify, request
from flask_login import LoginManager, login_required

from documents import Inbox, Refused

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["MAX_CONTENT_LENGTH"] = 20 * 1024 * 1024
login_manager = LoginManager(app)
inbox = Inbox("/srv/tenders/inbox", sniff=lambda head: magic.from_buffer(head, mime=True))


@app.post("/tenders/<int:tender>/documents")
@login_required
def hand_in(tender):
    try:
        kept = [inbox.keep(tender, upload) for upload in request.files.getlist("document")]
    except Refused:
        return jsonify(error="only PDF, PNG and TIFF documents are accepted"), 415
    return jsonify(documents=kept), 201
