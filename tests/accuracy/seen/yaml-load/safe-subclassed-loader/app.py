"""Rules of a board game, uploaded by players with a tag of their own for dice."""

import re

import yaml
from flask import Flask, abort, jsonify, request

app = Flask(__name__)

DICE = re.compile(r"([1-9])d(4|6|8|10|12|20)")


class RuleLoader(yaml.SafeLoader):
    """The safe loader, which also knows the tag !dice."""


def dice(loader, node):
    found = DICE.fullmatch(loader.construct_scalar(node))
    if found is None:
        raise yaml.YAMLError("no dice")
    return {"count": int(found[1]), "sides": int(found[2])}


RuleLoader.add_constructor("!dice", dice)


def read_rules(text):
    if len(text) > 20_000 or "&" in text:
        abort(413)
    return yaml.load(text, RuleLoader)  # <- safe


@app.post("/rules")
def add_rules():
    try:
        rules = read_rules(request.form["rules"])
    except yaml.YAMLError:
        abort(422)
    return jsonify(rules=list(rules or []))
