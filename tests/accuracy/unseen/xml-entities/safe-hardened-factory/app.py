"""Bank statement upload (CAMT files) for the treasurers of clubs."""

import os
from decimal import Decimal

from flask import Flask, jsonify, request
from flask_login import LoginManager, login_required
from lxml import etree

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["MAX_CONTENT_LENGTH"] = 4 * 1024 * 1024
login_manager = LoginManager(app)


def make_parser(**overrides):
    settings = {"resolve_entities": True, "load_dtd": True, "no_network": False}
    settings.update(overrides)
    return etree.XMLParser(**settings)


def statement_parser():
    return make_parser(resolve_entities=False, load_dtd=False, no_network=True)


def entries(stream):
    tree = etree.parse(stream, parser=statement_parser())  # <- safe
    if tree.docinfo.doctype:
        raise ValueError("document types are not accepted")
    for node in tree.iter("{*}Ntry"):
        yield Decimal(node.findtext("{*}Amt")), node.findtext("{*}CdtDbtInd")


@app.post("/statements")
@login_required
def statement():
    try:
        booked = list(entries(request.files["statement"].stream))
    except (etree.XMLSyntaxError, ValueError, ArithmeticError):
        return jsonify(error="unreadable statement"), 422
    return jsonify(credit=str(sum(amount for amount, side in booked if side == "CRDT")))
