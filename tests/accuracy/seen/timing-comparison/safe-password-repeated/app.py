"""New account of a ceramics course, where the password has to be typed twice."""

import os

from flask import Flask, jsonify, request
from werkzeug.security import generate_password_hash

from accounts import AccountStore, Taken

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
store = AccountStore(os.environ["CERAMICS_DSN"])


class SignUp:
    def __init__(self, form):
        self.name = form.get("name", "").strip()
        self.password = form.get("password", "")
        self.password_again = form.get("password_again", "")

    def problems(self):
        if not self.name:
            yield "a name is needed"
        if len(self.password) < 12:
            yield "the password needs 12 characters"
        if self.password != self.password_again:  # <- safe
            yield "the passwords differ"


@app.post("/accounts")
def create():
    form = SignUp(request.form)
    if problems := list(form.problems()):
        return jsonify(problems=problems), 422
    try:
        ident = store.add(form.name, generate_password_hash(form.password))
    except Taken:
        return jsonify(problems=["please choose another name"]), 409
    return jsonify(id=ident), 201
