"""Ticket shop of a zoo that logs rejected voucher codes."""

import logging

from flask import Flask, abort, jsonify, request

app = Flask(__name__)
log = logging.getLogger("zoo.vouchers")
log.setLevel(logging.INFO)

DISCOUNTS = {"FAMILY": 20, "SENIOR": 15}


class Rejected(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code


def discount(code):
    if code not in DISCOUNTS:
        raise Rejected(code)
    return DISCOUNTS[code]


@app.errorhandler(Rejected)
def rejected(error):
    log.info("voucher rejected: %r", str(error.code)[:80])  # <- safe
    return jsonify(error="unknown voucher"), 404


@app.post("/orders/discount")
def order_discount():
    code = request.form.get("voucher", "").upper()
    if not code:
        abort(400)
    return jsonify(percent=discount(code))
