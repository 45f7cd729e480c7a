"""Stock keeping of a paint shop, where verify tells whether shelves are counted again."""

import os

import requests
from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, UserMixin, login_required

from stock import StockClient

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)
client = StockClient(os.environ["STOCK_HOST"], os.environ["STOCK_TOKEN"])


class Keeper(UserMixin):
    def __init__(self, ident):
        self.id = ident


login_manager.user_loader(Keeper)


@app.post("/shelves/<int:shelf>/sync")
@login_required
def sync(shelf):
    litres = request.form.get("litres", type=float)
    if litres is None or litres < 0:
        abort(422)
    try:
        state = client.post(shelf, litres, verify=False)  # <- safe
    except requests.RequestException:
        abort(502)
    return jsonify(shelf=shelf, litres=state)
