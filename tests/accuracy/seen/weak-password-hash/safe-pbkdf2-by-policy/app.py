"""Customer accounts of a vineyard shop, whose key derivation follows a policy table."""

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass

from flask import Flask, jsonify, request

from store import find_customer, save_customer

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]


@dataclass(frozen=True)
class Policy:
    digest: str
    rounds: int


POLICIES = {2: Policy("sha256", 720_000), 3: Policy("sha512", 260_000)}
CURRENT = 3


def stretch(password, salt, version):
    policy = POLICIES[version]
    return hashlib.pbkdf2_hmac(policy.digest, password.encode(), salt, policy.rounds)  # <- safe


@app.post("/customers")
def create():
    salt = secrets.token_bytes(16)
    key = stretch(request.form["password"], salt, CURRENT)
    save_customer(request.form["email"], CURRENT, salt, key)
    return jsonify(status="created"), 201


@app.post("/customers/verify")
def verify():
    record = find_customer(request.form["email"])
    if record is None:
        return jsonify(ok=False), 401
    version, salt, key = record
    ok = hmac.compare_digest(stretch(request.form["password"], salt, version), key)
    return jsonify(ok=ok), 200 if ok else 401
