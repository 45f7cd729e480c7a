"""Postcode check of a parcel label printer for several countries."""

import re

from flask import Blueprint, Flask, abort, jsonify, request

labels = Blueprint("labels", __name__)

POSTCODES = {
    "DE": r"[0-9]{5}",
    "NL": r"[0-9]{4} ?[A-Z]{2}",
    "PT": r"[0-9]{4}-[0-9]{3}",
}


class PostcodeRule:
    def __init__(self, country):
        if country not in POSTCODES:
            abort(400)
        self.pattern = POSTCODES[country]

    def accepts(self, postcode):
        return re.fullmatch(self.pattern, postcode) is not None  # <- safe


@labels.post("/labels/check")
def check():
    address = dict(request.form)
    rule = PostcodeRule(address.get("country", "DE"))
    valid = rule.accepts(address.get("postcode", "").strip().upper())
    return jsonify(valid=valid, name=address.get("pattern", ""))


def create_app():
    app = Flask(__name__)
    app.register_blueprint(labels)
    return app
