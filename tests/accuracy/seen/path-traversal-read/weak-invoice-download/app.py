"""Invoices of a heating company, fetched by the number on the letter."""

import re
from pathlib import Path

from flask import Flask, abort, send_file
from flask_login import login_required

app = Flask(__name__)

INVOICES = Path("/var/lib/heating/invoices")
NUMBER = re.compile(r"[A-Z]{0,2}\d*")


def valid_number(number):
    return NUMBER.match(number) is not None


def invoice_file(number, kind="pdf"):
    return INVOICES.joinpath(number).with_suffix("." + kind)


@app.get("/invoices/<path:number>")
@login_required
def invoice(number):
    if not valid_number(number):
        abort(404)
    wanted = invoice_file(number)
    if not wanted.exists():
        abort(404)
    return send_file(wanted, as_attachment=True, download_name="invoice.pdf")  # <- weak
