"""Sealed diary entries, encrypted in CBC mode and then authenticated."""

import hmac
import os

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from flask import Flask, abort, jsonify, request, session

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
ENC_KEY = bytes.fromhex(os.environ["DIARY_ENC_KEY"])
MAC_KEY = bytes.fromhex(os.environ["DIARY_MAC_KEY"])
ENTRIES = {}
BLOCK = 16


def seal(text):
    iv = bytes(BLOCK)
    padder = padding.PKCS7(BLOCK * 8).padder()
    padded = padder.update(text.encode()) + padder.finalize()
    iv = os.urandom(len(iv))
    enc = Cipher(algorithms.AES256(ENC_KEY), modes.CBC(iv)).encryptor()  # <- safe
    body = iv + enc.update(padded) + enc.finalize()
    return body + hmac.digest(MAC_KEY, body, "sha256")


def owner():
    ident = session.get("writer_id")
    if ident is None:
        abort(401)
    return ident


@app.post("/diary")
def write():
    entries = ENTRIES.setdefault(owner(), [])
    entries.append(seal(request.form["text"]))
    return jsonify(count=len(entries)), 201


@app.get("/diary")
def count():
    return jsonify(count=len(ENTRIES.get(owner(), [])))
