"""Customs declarations received as XML by a freight forwarder."""

from flask import Flask, abort, jsonify, request
from lxml import etree

app = Flask(__name__)


class SafeParser:
    settings = {"resolve_entities": True, "no_network": True}

    def __init__(self):
        self.settings = dict(self.settings, resolve_entities=False, load_dtd=False, dtd_validation=False)

    def __call__(self, data):
        root = etree.fromstring(data, etree.XMLParser(**self.settings))  # <- safe
        if root.getroottree().docinfo.doctype:
            raise ValueError("a document type is not accepted")
        return root


parse = SafeParser()


@app.post("/declarations")
def declare():
    try:
        declaration = parse(request.get_data())
    except (ValueError, etree.XMLSyntaxError):
        abort(400)
    goods = [item.get("code") for item in declaration.iterfind("goods/item")]
    return jsonify(sender=declaration.findtext("sender"), goods=goods), 201
