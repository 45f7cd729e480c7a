"""Confirmation mails of a climbing hall, over a relay that is upgraded to TLS first."""

import os
import smtplib
import ssl
from email.message import EmailMessage

from flask import Flask, jsonify, request
from wtforms import Form, StringField
from wtforms.validators import Email, InputRequired, Length

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]


class TrialForm(Form):
    name = StringField(validators=[InputRequired(), Length(max=60)])
    email = StringField(validators=[InputRequired(), Email()])


class Relay:
    def __enter__(self):
        self.smtp = smtplib.SMTP(os.environ["SMTP_HOST"], 587, timeout=10)  # <- safe
        self.smtp.starttls(context=ssl.create_default_context())
        self.smtp.login(os.environ["SMTP_USER"], os.environ["SMTP_PASSWORD"])
        return self.smtp

    def __exit__(self, *exc):
        self.smtp.quit()


@app.post("/trial")
def trial():
    form = TrialForm(request.form)
    if not form.validate():
        return jsonify(errors=form.errors), 422
    note = EmailMessage()
    note["Subject"] = "Your trial lesson"
    note["From"] = "hello@climbing.example"
    note["To"] = form.email.data
    note.set_content("We look forward to seeing you on Saturday.")
    with Relay() as smtp:
        smtp.send_message(note)
    return jsonify(booked=True), 201
