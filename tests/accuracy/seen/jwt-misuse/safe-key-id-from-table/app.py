"""Meter readings sent by installers, whose tokens name one of the known keys."""

import os

import jwt
from flask import Flask, abort, g, jsonify, request

app = Flask(__name__)
KEY_FILES = {"installer-a": "INSTALLER_A_PEM", "installer-b": "INSTALLER_B_PEM"}
KEYS = {kid: os.environ[name] for kid, name in KEY_FILES.items()}
READINGS = []


def verified(token):
    kid = jwt.get_unverified_header(token).get("kid")  # <- safe
    if kid not in KEYS:
        raise jwt.InvalidKeyError("unknown key")
    claims = jwt.decode(
        token,
        KEYS[kid],
        algorithms=["RS256"],
        audience="meters",
        options={"require": ["exp", "sub", "aud"]},
    )
    return kid, claims


@app.before_request
def authenticate():
    _, _, token = request.headers.get("Authorization", "").partition(" ")
    try:
        g.installer, g.claims = verified(token)
    except jwt.PyJWTError:
        abort(401)


@app.post("/readings")
def add_reading():
    kwh = request.get_json().get("kwh")
    if not isinstance(kwh, (int, float)) or kwh < 0:
        abort(422)
    READINGS.append((g.installer, g.claims["sub"], kwh))
    return jsonify(count=len(READINGS)), 201
