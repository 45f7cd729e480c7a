"""Tool library whose members ask each other for a lent tool by mail."""

import os
import smtplib

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, current_user, login_required

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)
POSTMASTER = "post@tools.example"


def one_line(text, longest=120):
    return " ".join(text.splitlines())[:longest]


def headers(**fields):
    return "".join(f"{name.replace('_', '-')}: {one_line(value)}\r\n" for name, value in fields.items())


def post(recipient, subject, text):
    head = headers(From=POSTMASTER, To=recipient, Subject=subject, Content_Type="text/plain; charset=utf-8")
    with smtplib.SMTP(os.environ["SMTP_HOST"], 587) as server:
        server.starttls()
        server.sendmail(POSTMASTER, [POSTMASTER], (head + "\r\n" + text).encode())  # <- safe


@app.post("/tools/<int:tool_id>/ask")
@login_required
def ask(tool_id):
    wish = request.form.get("wish", "")
    if not wish:
        abort(400)
    post(POSTMASTER, f"Tool {tool_id}: {wish}", f"{current_user.get_id()} asks for this tool.")
    return jsonify(sent=True), 202
