"""Access tokens of an archive, compared in constant time after a check of their kind."""

import hmac
import os

from flask import Flask, abort, g, jsonify, request

app = Flask(__name__)
app.config["READ_TOKEN"] = os.environ["READ_TOKEN"]
SHELVES = {1: "maps", 2: "letters", 3: "photographs"}
TOKEN_LENGTH = 48


class Token:
    def __init__(self, header):
        self.kind, _, self.secret = header.partition(" ")


def usable(token):
    if token.kind == "Archive" and len(token.secret) == TOKEN_LENGTH:  # <- safe
        return hmac.compare_digest(token.secret.encode(), app.config["READ_TOKEN"].encode())
    return False


@app.before_request
def read_token():
    g.token = Token(request.headers.get("Authorization", ""))
    if request.endpoint != "about" and not usable(g.token):
        abort(401)


@app.get("/about")
def about():
    return jsonify(service="archive", shelves=len(SHELVES))


@app.get("/shelves/<int:number>")
def shelf(number):
    if number not in SHELVES:
        abort(404)
    return jsonify(name=SHELVES[number])
