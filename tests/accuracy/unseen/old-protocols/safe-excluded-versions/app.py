"""Relay of appointment reminders to a mail host, with the old protocol versions switched off."""

import os
import smtplib
import ssl
from email.message import EmailMessage

from flask import Flask, abort, jsonify
from flask_login import LoginManager, current_user, login_required

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
LoginManager(app)

APPOINTMENTS = {1: "Tuesday 9:20", 2: "Friday 14:00"}


def mail_context():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_default_certs()
    context.options |= ssl.OP_NO_SSLv3 | ssl.OP_NO_TLSv1 | ssl.OP_NO_TLSv1_1  # <- safe
    return context


class Reminder(EmailMessage):
    def __init__(self, recipient, when):
        super().__init__()
        self["From"] = "practice@dentist.example"
        self["To"] = recipient
        self["Subject"] = "Your appointment"
        self.set_content(f"We look forward to seeing you on {when}.")

    def post(self):
        with smtplib.SMTP("mail.dentist.example", 587, timeout=10) as smtp:
            smtp.starttls(context=mail_context())
            smtp.login(os.environ["MAIL_USER"], os.environ["MAIL_PASSWORD"])
            smtp.send_message(self)


@app.post("/appointments/<int:number>/remind-me")
@login_required
def remind(number):
    if number not in APPOINTMENTS or number not in current_user.appointments:
        abort(404)
    Reminder(current_user.email, APPOINTMENTS[number]).post()
    return jsonify(sent=True), 202
