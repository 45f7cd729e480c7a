"""Temporary blocks on the firewall of a games server."""

import ipaddress
import os

from flask import Flask, jsonify, request

app = Flask(__name__)


class BlockRequest:
    def __init__(self, data):
        self.reason = data.get("reason", "")
        self.address = data.get("address", "")

    @property
    def address(self):
        return str(self._address)

    @address.setter
    def address(self, value):
        self._address = ipaddress.IPv4Address(str(value))


def block(entry):
    return os.system("/usr/sbin/nft add element inet filter blocked '{ %s }'" % entry.address)  # <- safe


@app.post("/blocks")
def add_block():
    try:
        entry = BlockRequest(request.get_json())
    except ipaddress.AddressValueError:
        return jsonify(error="not an IPv4 address"), 400
    if block(entry) != 0:
        return jsonify(error="firewall refused"), 502
    return jsonify(blocked=entry.address, reason=entry.reason), 201
