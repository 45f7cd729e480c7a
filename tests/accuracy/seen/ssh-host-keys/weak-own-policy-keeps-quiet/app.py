"""Transfer of radio programmes to a transmitter over SFTP."""

import os

from flask import Flask, abort, jsonify, session

from transmitter import Transmitter

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
PROGRAMMES = {1: "morning.ogg", 2: "jazz-hour.ogg"}


@app.post("/programmes/<int:number>/send")
def send(number):
    if session.get("role") != "editor":
        abort(403)
    if number not in PROGRAMMES:
        abort(404)
    name = PROGRAMMES[number]
    with Transmitter("tx.radio.example") as tx:
        tx.put(os.path.join(os.environ["PROGRAMME_DIR"], name), f"/queue/{name}")
    return jsonify(sent=name)
