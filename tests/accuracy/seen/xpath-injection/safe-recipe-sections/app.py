"""Nutrition tables of a food database, one XPath per named section."""

import os
from xml.etree import ElementTree

from flask import Flask, abort, jsonify, request

app = Flask(__name__)

SECTIONS = {
    "vitamins": ".//nutrient[@group='vitamin']",
    "minerals": ".//nutrient[@group='mineral']",
    "energy": ".//energy",
}


class Section:
    def __init__(self, name, title):
        self.title = title
        self.path = SECTIONS.get(name)

    def __bool__(self):
        return self.path is not None

    def entries(self, root):
        return root.findall(self.path)  # <- safe


@app.get("/foods/<int:food>")
def nutrition(food):
    name = request.args.get("section", "energy")
    section = Section(name, title=request.args.get("title", name))
    if not section:
        abort(404)
    root = ElementTree.parse(os.path.join(os.environ["FOOD_DIR"], f"{food}.xml")).getroot()
    return jsonify(title=section.title, values={entry.get("name"): entry.text for entry in section.entries(root)})
