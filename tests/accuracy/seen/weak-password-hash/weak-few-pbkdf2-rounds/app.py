"""Staff password change of a clinic, with the derivation settings in a module of their own."""

import hashlib
import os

import psycopg
from flask import Flask, abort, jsonify, request, session

import settings

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]


def derive(secret, salt, *, cost=settings.KDF):
    name, rounds = cost["name"], cost["rounds"]
    return hashlib.pbkdf2_hmac(name, secret, salt, rounds)  # <- weak


def store(staff_id, salt, key):
    with psycopg.connect(os.environ["CLINIC_DSN"]) as conn:
        conn.execute("UPDATE staff SET salt = %s, pw_key = %s WHERE id = %s", (salt, key, staff_id))


@app.post("/me/password")
def change_password():
    staff_id = session.get("staff_id")
    if staff_id is None:
        abort(401)
    fresh = request.form.get("new_password", "")
    if len(fresh) < settings.MIN_LENGTH:
        return jsonify(error="too short"), 422
    salt = os.urandom(16)
    store(staff_id, salt, derive(fresh.encode(), salt))
    return "", 204
