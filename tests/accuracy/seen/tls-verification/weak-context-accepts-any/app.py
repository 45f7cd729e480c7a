"""Mail notices of a housing association, sent through its relay."""

import os
import smtplib
from email.message import EmailMessage

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, login_required

from relay import relay_context
from tenants import address_of, load_manager

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)
login_manager.user_loader(load_manager)


def deliver(note):
    with smtplib.SMTP(os.environ["RELAY_HOST"], 587, timeout=10) as smtp:
        smtp.starttls(context=relay_context())
        smtp.login(os.environ["RELAY_USER"], os.environ["RELAY_PASSWORD"])
        smtp.send_message(note)


@app.post("/tenants/<int:tenant>/notice")
@login_required
def notice(tenant):
    address = address_of(tenant)
    if address is None:
        abort(404)
    note = EmailMessage()
    note["Subject"] = "A notice about your flat"
    note["From"] = "office@housing.example.org"
    note["To"] = address
    note.set_content(request.form.get("text", "")[:4000])
    deliver(note)
    return jsonify(sent=True)
