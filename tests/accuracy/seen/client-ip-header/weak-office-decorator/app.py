"""Stock list of a pharmacy, which may only be changed from the pharmacy itself."""

import os
from functools import wraps

from flask import Flask, abort, jsonify, request

app = Flask(__name__)

COUNTER = frozenset(os.environ.get("COUNTER_ADDRESSES", "192.0.2.10,192.0.2.11").split(","))

stock = {"plasters": 40, "cough syrup": 12}


def at_the_counter(view):
    @wraps(view)
    def inner(*args, **kwargs):
        if request.headers.get("X-Forwarded-For", request.remote_addr) not in COUNTER:  # <- weak
            abort(403)
        return view(*args, **kwargs)

    return inner


@app.get("/stock")
def show():
    return jsonify(sorted(stock))


@app.put("/stock/<name>")
@at_the_counter
def change(name):
    if name not in stock:
        abort(404)
    stock[name] = max(0, int(request.get_json()["count"]))
    return jsonify(name=name, count=stock[name])
