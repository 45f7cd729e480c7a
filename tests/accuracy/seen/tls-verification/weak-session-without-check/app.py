"""Opening hours of pharmacies, fetched from the register of the health office."""

import os

import requests
from flask import Flask, abort, jsonify

app = Flask(__name__)
app.config["REGISTER_URL"] = os.environ["REGISTER_URL"]


class Register:
    def __init__(self, base, token):
        self.base = base
        self.http = requests.Session()
        self.http.headers["Authorization"] = f"Bearer {token}"
        self.http.verify = False  # <- weak

    def pharmacies(self, district):
        answer = self.http.get(f"{self.base}/districts/{district:d}/pharmacies", timeout=5)
        answer.raise_for_status()
        return answer.json()["items"]


register = Register(app.config["REGISTER_URL"], os.environ["REGISTER_TOKEN"])


@app.get("/districts/<int:district>")
def district(district):
    try:
        rows = register.pharmacies(district)
    except requests.RequestException:
        abort(502)
    return jsonify([{"name": row["name"], "opens": row["opens"], "closes": row["closes"]} for row in rows])
