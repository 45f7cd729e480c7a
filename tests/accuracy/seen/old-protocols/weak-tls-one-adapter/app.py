"""Balance of prepaid school lunches, asked from the till system."""

import os

import requests
from flask import Flask, abort, jsonify, session

from transport import TillAdapter

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
TILL = "https://till.school.example"


def till():
    http = requests.Session()
    http.mount(TILL, TillAdapter())
    http.headers["X-Till-Key"] = os.environ["TILL_KEY"]
    return http


@app.get("/me/balance")
def balance():
    pupil = session.get("pupil_id")
    if pupil is None:
        abort(401)
    answer = till().get(f"{TILL}/pupils/{int(pupil)}/balance", timeout=5)
    if not answer.ok:
        abort(502)
    return jsonify(cents=int(answer.json()["cents"]))
