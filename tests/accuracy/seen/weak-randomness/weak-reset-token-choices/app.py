"""Password reset by mail for the members of a rowing club."""

import os
import random
import string
from datetime import datetime, timedelta, timezone

from flask import Flask, jsonify, request
from flask_mail import Mail, Message

from members import find_by_email, save_reset

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
mail = Mail(app)
ALPHABET = string.ascii_letters + string.digits


def make_token(length=32):
    letters = random.choices(ALPHABET, k=length)  # <- weak
    return "".join(letters)


def send_link(address, token):
    note = Message("Reset your password", recipients=[address])
    note.body = f"Follow https://rowing.example.org/reset/{token} within an hour."
    mail.send(note)


@app.post("/reset")
def request_reset():
    member = find_by_email(request.form["email"])
    if member is not None:
        token = make_token()
        save_reset(member["id"], token, datetime.now(timezone.utc) + timedelta(hours=1))
        send_link(member["email"], token)
    return jsonify(message="If the address is known, a mail is on its way."), 202
