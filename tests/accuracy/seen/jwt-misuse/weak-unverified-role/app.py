"""Shift planner of a fire brigade that verifies the token and reads the rank from another reading of it."""

import os

from flask import Flask, abort, g, jsonify, request
from jose import JWTError, jwt

app = Flask(__name__)
KEY = os.environ["BRIGADE_KEY"]
SHIFTS = {}


def bearer():
    return request.headers.get("Authorization", "").partition(" ")[2]


def rank_of(token):
    claims = jwt.get_unverified_claims(token)  # <- weak
    return claims.get("rank", "crew")


@app.before_request
def load_rank():
    g.rank = None
    for token in filter(None, (request.cookies.get("rank_token"), bearer())):
        try:
            g.rank = rank_of(token)
            break
        except JWTError:
            continue


@app.get("/shifts")
def shifts():
    try:
        jwt.decode(bearer(), KEY, algorithms=["HS256"])
    except JWTError:
        abort(401)
    return jsonify(SHIFTS)


@app.put("/shifts/<day>")
def set_shift(day):
    if g.rank not in {"officer", "chief"}:
        abort(403)
    SHIFTS[day] = [str(name)[:40] for name in request.get_json()["crew"]]
    return jsonify(SHIFTS[day])
