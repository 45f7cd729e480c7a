"""Sign-in form of a ski school, with the labels and field names in tables."""

import os

from flask import Flask, jsonify, request, session
from werkzeug.security import check_password_hash

from people import find_teacher

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
PASSWORD_FIELD = "teacher_password"
CSRF_TOKEN_HEADER = "X-Ski-Csrf-Token"
LABELS = {
    "name": "Your name",
    "password": "Enter-your-Passw0rd-here",  # <- safe
    "secret": "Answer to your security question",
}
DUMMY_HASH = os.environ["DUMMY_HASH"]


@app.get("/sign-in")
def describe_form():
    return jsonify(labels=LABELS, field=PASSWORD_FIELD, header=CSRF_TOKEN_HEADER)


@app.post("/sign-in")
def sign_in():
    teacher = find_teacher(request.form.get("name", ""))
    stored = teacher["password_hash"] if teacher else DUMMY_HASH
    fits = check_password_hash(stored, request.form.get(PASSWORD_FIELD, ""))
    if teacher is None or not fits:
        return jsonify(error="name or password is wrong"), 401
    session["teacher"] = teacher["id"]
    return jsonify(ok=True)
