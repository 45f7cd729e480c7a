"""Gift vouchers of a theatre whose number carries the encrypted amount."""

import base64
import os

from flask import Flask, jsonify, request
from flask_login import LoginManager, login_required

from voucher import make_codec

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
LoginManager(app)
encode, decode = make_codec(bytes.fromhex(os.environ["VOUCHER_KEY"]))


@app.post("/vouchers")
@login_required
def issue():
    cents = request.form.get("cents", type=int)
    season = request.form.get("season", type=int)
    if cents is None or season is None or not 500 <= cents <= 50_000:
        return jsonify(error="Between 5 and 500 euros."), 422
    number = base64.b32encode(encode(f"{season:06d};{cents:09d}".encode())).decode()
    return jsonify(number=number), 201


@app.get("/vouchers/<number>")
@login_required
def look_up(number):
    try:
        season, _, cents = decode(base64.b32decode(number)).decode().partition(";")
        return jsonify(season=int(season), cents=int(cents))
    except ValueError:
        return jsonify(error="Not a voucher of this house."), 404
