"""Invitation codes of a members-only recipe exchange."""

import os
import random
import string

from flask import Flask, jsonify, session
from werkzeug.exceptions import Unauthorized

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
INVITES = {}


class CodeMaker:
    alphabet = string.ascii_uppercase + string.digits

    def __init__(self, source=None):
        self.random = source or random.SystemRandom()

    def make(self, length=20):
        return "".join(self.random.choice(self.alphabet) for _ in range(length))  # <- safe


codes = CodeMaker()


def member_id():
    ident = session.get("member_id")
    if ident is None:
        raise Unauthorized()
    return ident


@app.post("/invites")
def invite():
    host = member_id()
    code = codes.make()
    INVITES[code] = {"host": host, "used": False}
    return jsonify(code=code), 201


@app.get("/invites")
def my_invites():
    host = member_id()
    return jsonify([{"code": c, "used": i["used"]} for c, i in INVITES.items() if i["host"] == host])
