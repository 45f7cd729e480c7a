"""Invoices of a bookkeeping service, opened to the sites of its own domain."""

import os

from flask import Flask, jsonify, session

from origins import allow_origin
from store import invoices_of

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SESSION_COOKIE_SECURE"] = True
app.config["SESSION_COOKIE_SAMESITE"] = "None"
app.after_request(allow_origin)


@app.get("/invoices")
def invoices():
    firm = session.get("firm_id")
    if firm is None:
        return jsonify(error="sign in"), 401
    return jsonify(invoices_of(firm))
