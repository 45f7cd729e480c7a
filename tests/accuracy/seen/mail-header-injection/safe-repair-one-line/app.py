"""Repair orders of a bicycle shop, mailed to the workshop as plain text."""

import os
import smtplib
from contextlib import contextmanager

from flask import Flask, jsonify, request

app = Flask(__name__)
WORKSHOP = "workshop@bikes.example"


def one_line(value):
    return " ".join(value.split())[:120]


@contextmanager
def mail_server():
    server = smtplib.SMTP(os.environ["SMTP_HOST"], timeout=10)
    try:
        yield server
    finally:
        server.quit()


def order_mail(subject, text):
    return "From: %s\r\nTo: %s\r\nSubject: %s\r\n\r\n%s" % (WORKSHOP, WORKSHOP, one_line(subject), text)


@app.post("/repairs")
def order_repair():
    subject = "Repair of " + request.form.get("bicycle", "a bicycle")
    mail = order_mail(subject, request.form.get("details", ""))
    with mail_server() as server:
        server.sendmail(WORKSHOP, [WORKSHOP], mail.encode("utf-8"))  # <- safe
    return jsonify(ordered=True), 201
