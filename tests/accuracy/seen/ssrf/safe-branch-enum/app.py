"""Opening hours of the branches of a bank, fetched from each branch's server."""

import json
from enum import StrEnum
from urllib.error import URLError
from urllib.request import Request, urlopen

from flask import Flask, jsonify, request

app = Flask(__name__)


class Branch(StrEnum):
    NORTH = "north"
    HARBOUR = "harbour"
    MARKET = "market"

    def endpoint(self, name):
        return f"https://{self.value}.branches.bank.example/{name}.json"


def opening_hours(branch):
    wanted = Request(branch.endpoint("hours"), headers={"Accept": "application/json"})
    with urlopen(wanted, timeout=4) as answer:  # <- safe
        return json.load(answer)


@app.get("/hours")
def hours():
    try:
        branches = [Branch(name) for name in request.args.getlist("branch")]
        return jsonify({branch.value: opening_hours(branch) for branch in branches})
    except ValueError:
        return jsonify(error="unknown branch"), 404
    except URLError:
        return jsonify(error="branch cannot be reached"), 502
