"""Login of a betting pool, which slows down whoever guesses passwords."""

import os
import time
from collections import defaultdict, deque

from flask import Flask, abort, jsonify, request, session
from werkzeug.security import check_password_hash

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]

WINDOW = 900
PLAYERS = {"main": os.environ["POOL_PASSWORD_HASH"]}


class Brake:
    def __init__(self, most):
        self.most = most
        self.failures = defaultdict(deque)

    def closed_for(self, address):
        kept = self.failures[address]
        while kept and kept[0] < time.monotonic() - WINDOW:
            kept.popleft()
        return len(kept) >= self.most

    def failed(self, address):
        self.failures[address].append(time.monotonic())


brake = Brake(most=5)


def caller():
    chain = request.headers.get("X-Forwarded-For") or request.remote_addr
    return chain.split(",")[0].strip()


@app.post("/login")
def login():
    address = caller()
    if brake.closed_for(address):  # <- weak
        abort(429)
    if not check_password_hash(PLAYERS["main"], request.form.get("password", "")):
        brake.failed(address)
        abort(401)
    session.clear()
    session["player"] = "main"
    return jsonify(player="main")
