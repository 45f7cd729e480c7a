"""Lookup of chess games by player or opening in an archive file."""

import re

from flask import Flask, abort, jsonify, request
from lxml import etree

app = Flask(__name__)
ARCHIVE = etree.parse("/srv/chess/archive.xml", etree.XMLParser(resolve_entities=False))
PATHS = {"white": "players/white", "black": "players/black", "opening": "opening/@code"}
YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def expression_for(field, year=None):
    test = f"{PATHS[field]} = $wanted"
    if year and YEAR.fullmatch(year):
        test += f" and @year = {year}"
    return f"/archive/game[{test}]"


def lookup(field, wanted, year):
    expression = expression_for(field, year)
    for game in ARCHIVE.xpath(expression, wanted=wanted):  # <- safe
        yield {"id": game.get("id"), "moves": game.findtext("moves")}


@app.get("/games/by/<field>")
def games(field):
    if field not in PATHS:
        abort(404)
    return jsonify(list(lookup(field, request.args.get("is", ""), request.args.get("year"))))
