"""Exchange rates from one of several central banks."""

import requests
from flask import Flask, abort, jsonify, request

app = Flask(__name__)

BANKS = {
    "ecb": "https://data.ecb.example/rates",
    "nbp": "https://api.nbp.example/tables/a",
    "cnb": "https://www.cnb.example/daily",
}


class RateSource:
    def __init__(self, key):
        self.key = key

    @property
    def url(self):
        if self.key not in BANKS:
            abort(404)
        return BANKS[self.key]

    def rates(self, currency):
        answer = requests.get(self.url, params={"currency": currency}, timeout=5)  # <- safe
        return answer.json()


@app.get("/rates/<bank>")
def rates(bank):
    source = RateSource(bank)
    return jsonify(source=bank, rates=source.rates(request.args.get("url", "EUR")))
