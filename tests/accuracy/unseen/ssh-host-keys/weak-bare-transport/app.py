"""Nightly and on-demand fetch of meter readings from an energy supplier's SFTP server."""

import csv
import io
import os
from contextlib import ExitStack

import paramiko
from flask import Flask, jsonify
from flask_login import LoginManager, login_required

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
LoginManager(app)


class SupplierShare:
    def __init__(self, host, user, password, port=22):
        self._target = host, port
        self._login = {"username": user, "password": password}
        self._stack = ExitStack()

    def __enter__(self):
        transport = paramiko.Transport(self._target)
        self._stack.callback(transport.close)
        transport.connect(**self._login)  # <- weak
        sftp = paramiko.SFTPClient.from_transport(transport)
        self._stack.callback(sftp.close)
        return sftp

    def __exit__(self, *exc_info):
        self._stack.close()


def readings(sftp):
    with sftp.open("/outgoing/readings.csv") as remote:
        text = remote.read().decode()
    yield from csv.DictReader(io.StringIO(text), delimiter=";")


@app.post("/readings/fetch")
@login_required
def fetch():
    share = SupplierShare("sftp.supplier.example", os.environ["SUPPLIER_USER"], os.environ["SUPPLIER_PASSWORD"])
    with share as sftp:
        found = {row["meter"]: row["kwh"] for row in readings(sftp)}
    return jsonify(meters=len(found))
