"""Letters of a historical archive, found by sender and year."""

import os

from flask import Flask, abort, jsonify, request
from lxml import etree

app = Flask(__name__)
BY_SENDER = "//letter[sender = $sender]"
BY_PLACE = BY_SENDER + "[contains(place, $place)]"


def letters(root, **variables):
    expression = BY_PLACE if variables.get("place") else BY_SENDER
    return root.xpath(expression, **variables)  # <- safe


@app.get("/letters")
def search():
    root = etree.parse(os.environ["LETTER_FILE"]).getroot()
    sender = request.args.get("sender", "").strip()
    if not sender:
        abort(400)
    found = letters(root, sender=sender, place=request.args.get("place", ""))
    result = []
    for letter in found:
        result.append({"id": letter.get("id"), "date": letter.findtext("date")})
    return jsonify(result)
