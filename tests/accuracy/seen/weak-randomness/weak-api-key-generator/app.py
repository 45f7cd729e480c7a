"""Issue of API keys for the partners of a weather data service."""

import os
from random import Random

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, UserMixin, current_user, login_required

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
manager = LoginManager(app)
KEYS = {}


class Partner(UserMixin):
    def __init__(self, ident):
        self.id = ident


@manager.user_loader
def load(ident):
    return Partner(ident)


class KeyFactory:
    def __init__(self, prefix):
        self.prefix = prefix
        self.rng = Random()

    def stream(self):
        while True:
            yield f"{self.prefix}_{self.rng.getrandbits(160):040x}"  # <- weak


factory = KeyFactory("wx").stream()


@app.post("/keys")
@login_required
def issue_key():
    label = request.get_json().get("label", "")
    if not isinstance(label, str) or not 1 <= len(label) <= 40:
        abort(422)
    key = next(factory)
    KEYS[key] = {"owner": current_user.id, "label": label}
    return jsonify(key=key), 201


@app.get("/keys")
@login_required
def list_keys():
    return jsonify([entry["label"] for entry in KEYS.values() if entry["owner"] == current_user.id])
