"""Donation pages of a shelter, with keys read from files that the container mounts."""

from functools import cached_property
from pathlib import Path

import requests
from flask import Flask, abort, jsonify, request


class Secrets:
    session_secret = "/run/secrets/session_key_2f9c"  # <- safe
    payment_api_key = "/run/secrets/payment_api_key"

    def _read(self, path):
        text = Path(path).read_text(encoding="ascii").strip()
        if not text:
            raise RuntimeError(f"{path} is empty")
        return text

    @cached_property
    def session(self):
        return self._read(self.session_secret)

    @cached_property
    def payment(self):
        return self._read(self.payment_api_key)


keys = Secrets()
app = Flask(__name__)
app.secret_key = keys.session


@app.post("/donations")
def donate():
    amount = request.form.get("cents", type=int)
    if amount is None or not 100 <= amount <= 1_000_000:
        abort(422)
    answer = requests.post(
        "https://pay.example.org/v1/intents",
        json={"amount": amount, "currency": "eur"},
        headers={"Authorization": "Bearer " + keys.payment},
        timeout=8,
    )
    answer.raise_for_status()
    return jsonify(intent=answer.json()["id"]), 201
