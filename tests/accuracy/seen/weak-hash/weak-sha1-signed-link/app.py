"""Time-limited links to concert recordings, signed by the ticket office."""

import hmac
import os
import time

from flask import Flask, abort, jsonify, request, send_from_directory, url_for

from signing import LinkSigner

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
signer = LinkSigner(os.environ["LINK_KEY"])
RECORDINGS = {1: "spring-gala.flac", 2: "winter-mass.flac"}


@app.post("/recordings/<int:number>/link")
def make_link(number):
    if number not in RECORDINGS:
        abort(404)
    until = int(time.time()) + 3600
    mark = signer.sign(number=number, until=until)
    return jsonify(url=url_for("play", number=number, until=until, mark=mark))


@app.get("/recordings/<int:number>")
def play(number):
    until = request.args.get("until", 0, type=int)
    expected = signer.sign(number=number, until=until)
    if until < time.time() or not hmac.compare_digest(expected, request.args.get("mark", "")):
        abort(403)
    return send_from_directory(os.environ["RECORDINGS_DIR"], RECORDINGS[number])
