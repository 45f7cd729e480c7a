"""Price list of a hardware wholesaler, kept as one XML file per season."""

import os
from functools import lru_cache

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, current_user, login_required
from lxml import etree

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)


class PriceList:
    def __init__(self, path):
        self.tree = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True))

    def offers(self, sku, group):
        sku = sku.replace("'", "")
        expression = '//article[@sku="%s"]/price[@group="%s"]' % (sku, group)
        return [node.text for node in self.tree.xpath(expression)]  # <- weak


@lru_cache
def current():
    return PriceList("/srv/prices/current.xml")


@app.get("/prices")
@login_required
def prices():
    found = current().offers(request.args.get("sku", ""), current_user.price_group)
    if not found:
        abort(404)
    return jsonify(prices=found)
