"""Nightly price lists of a garden centre, fetched on demand from the wholesaler."""

import csv
import ftplib
import io
import os
import ssl

from flask import Flask, abort, jsonify, session

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
LISTS = {"roses": "roses.csv", "shrubs": "shrubs.csv"}


def connect():
    context = ssl.create_default_context()
    link = ftplib.FTP_TLS("lists.wholesale.example", context=context, timeout=20)  # <- safe
    link.auth()
    link.login(os.environ["LISTS_USER"], os.environ["LISTS_PASSWORD"])
    link.prot_p()
    return link


def fetch(name):
    buffer = io.BytesIO()
    link = connect()
    try:
        link.retrbinary(f"RETR {name}", buffer.write)
    finally:
        link.quit()
    return csv.DictReader(io.StringIO(buffer.getvalue().decode("utf-8")))


@app.get("/prices/<kind>")
def prices(kind):
    if "buyer_id" not in session:
        abort(401)
    if kind not in LISTS:
        abort(404)
    return jsonify([{"plant": row["plant"], "cents": int(row["cents"])} for row in fetch(LISTS[kind])])
