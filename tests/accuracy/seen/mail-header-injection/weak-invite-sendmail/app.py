"""Invitations to a film club, sent through the local sendmail program."""

import os

from flask import Flask, jsonify, request
from flask_login import LoginManager, login_required

from mailer import Invitation

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
LoginManager(app)


@app.post("/invitations")
@login_required
def invite():
    body = request.get_json()
    invitation = Invitation(evening=int(body["evening"]))
    invitation.guest = body.get("guest", "Guest")
    if not invitation.send():
        return jsonify(error="mail system busy"), 503
    return jsonify(sent=True), 201
