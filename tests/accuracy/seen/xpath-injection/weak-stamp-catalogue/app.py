"""Stamp catalogue kept as an XML file and searched by country and motif."""

import os

from flask import Flask, jsonify, request
from lxml import etree

app = Flask(__name__)


class Catalogue:
    def __init__(self, path):
        self.tree = etree.parse(path)

    @staticmethod
    def predicate(criteria):
        return " and ".join(f"@{name}='{value}'" for name, value in criteria.items())

    def find(self, **criteria):
        expression = "/catalogue/stamp"
        if criteria:
            expression += f"[{self.predicate(criteria)}]"
        return self.tree.xpath(expression)  # <- weak


@app.get("/stamps")
def stamps():
    catalogue = Catalogue(os.environ["STAMP_CATALOGUE"])
    criteria = {name: request.args[name] for name in ("country", "motif") if name in request.args}
    return jsonify([dict(stamp.attrib) for stamp in catalogue.find(**criteria)])
