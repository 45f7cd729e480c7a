"""Payment page of a swimming pool that fetches its credentials from a secret manager."""

import boto3
import httpx
from flask import Flask, jsonify, request

API_KEY_SECRET = "prod/pool-tickets/gateway-api-key"  # <- safe
SESSION_SECRET = "prod/pool-tickets/flask-session-key"
TOKEN_HEADER = "X-Gateway-Token"
PASSWORD_FIELD = "pin_of_pass"


class Vault:
    def __init__(self, region):
        self._client = boto3.client("secretsmanager", region_name=region)
        self._known = {}

    def __getitem__(self, name):
        if name not in self._known:
            self._known[name] = self._client.get_secret_value(SecretId=name)["SecretString"]
        return self._known[name]


vault = Vault("eu-central-1")
app = Flask(__name__)
app.config["SECRET_KEY"] = vault[SESSION_SECRET]


@app.post("/tickets/pay")
def pay():
    order = {"adults": request.form.get("adults", 0, type=int), "children": request.form.get("children", 0, type=int)}
    if PASSWORD_FIELD in request.form:
        order["pass_pin"] = request.form[PASSWORD_FIELD][:8]
    answer = httpx.post(
        "https://gateway.example/v1/orders", json=order, headers={TOKEN_HEADER: vault[API_KEY_SECRET]}, timeout=10
    )
    answer.raise_for_status()
    return jsonify(payment=answer.json()["id"]), 201
