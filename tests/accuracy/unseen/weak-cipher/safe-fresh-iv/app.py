"""Safekeeping of bank details for the payroll of a theatre company."""

import hashlib
import hmac
import os

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from flask import Flask, jsonify, request
from flask_login import LoginManager, current_user, login_required
from redis import Redis

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
LoginManager(app)
store = Redis.from_url(os.environ["REDIS_URL"])

ENC_KEY = bytes.fromhex(os.environ["PAYROLL_ENC_KEY"])
MAC_KEY = bytes.fromhex(os.environ["PAYROLL_MAC_KEY"])
BLOCK = 16


def seal(text, context):
    iv = bytes(BLOCK)
    while iv == bytes(BLOCK):
        iv = os.urandom(BLOCK)
    padder = padding.PKCS7(BLOCK * 8).padder()
    plain = padder.update(text.encode()) + padder.finalize()
    encryptor = Cipher(algorithms.AES(ENC_KEY), modes.CBC(iv)).encryptor()  # <- safe
    body = iv + encryptor.update(plain) + encryptor.finalize()
    tag = hmac.new(MAC_KEY, context + b"\x00" + body, hashlib.sha256).digest()
    return tag + body


@app.put("/payroll/account")
@login_required
def set_account():
    account = "".join(request.form.get("iban", "").split()).upper()
    if not (account.isascii() and account.isalnum() and 15 <= len(account) <= 34):
        return jsonify(error="This is no account number."), 422
    context = f"account:{current_user.id}".encode()
    store.set(context, seal(account, context))
    return jsonify(saved=True)
