"""Drop of printed-matter orders at a printing house."""

import ftplib
import io
import json
import os
import secrets

from flask import Flask, abort, jsonify, request, session

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
PAPERS = frozenset({"matt", "gloss", "recycled"})


class PrintHouse:
    transport = ftplib.FTP

    def __init__(self, host):
        self.host = host

    def drop(self, name, data):
        with self.transport(self.host, timeout=15) as link:  # <- weak
            link.login(os.environ["PRINT_USER"], os.environ["PRINT_PASSWORD"])
            link.cwd("orders")
            link.storbinary(f"STOR {name}", io.BytesIO(data))


house = PrintHouse("orders.printing.example.com")


@app.post("/orders")
def order():
    customer = session.get("customer_id")
    if customer is None:
        abort(401)
    paper, copies = request.form.get("paper"), request.form.get("copies", type=int)
    if paper not in PAPERS or copies is None or not 0 < copies <= 10_000:
        abort(422)
    number = secrets.token_hex(8)
    house.drop(f"{number}.json", json.dumps({"customer": customer, "paper": paper, "copies": copies}).encode())
    return jsonify(order=number), 201
