"""Export of loyalty card numbers for a partner, sealed with the cipher named in the partner table."""

import io
import os

from Crypto.Cipher import AES, ARC4
from Crypto.Random import get_random_bytes
from flask import Flask, abort, send_file
from flask_login import LoginManager, login_required

from cards import CardStore, load_clerk

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)
login_manager.user_loader(load_clerk)
store = CardStore(os.environ["CARDS_DSN"])


def modern(key, data):
    nonce = get_random_bytes(12)
    body, tag = AES.new(key, AES.MODE_GCM, nonce=nonce).encrypt_and_digest(data)
    return nonce + tag + body


def legacy(key, data):
    return ARC4.new(key[:16]).encrypt(data)  # <- weak


SEALS = {"bakery": modern, "cinema": legacy, "florist": modern}


@app.post("/exports/<partner>")
@login_required
def export(partner):
    seal = SEALS.get(partner)
    if seal is None:
        abort(404)
    rows = "\n".join(store.numbers(partner)).encode()
    sealed = seal(store.key(partner), rows)
    return send_file(io.BytesIO(sealed), "application/octet-stream", as_attachment=True, download_name="cards.bin")
