"""Import of the weekly menu of a canteen, written in YAML by the cook."""

import yaml
from flask import Flask, abort, jsonify, request
from flask_login import login_required

app = Flask(__name__)

week = {}


class MenuReader:
    loader = yaml.UnsafeLoader

    def __init__(self, text):
        self.text = text

    def dishes(self):
        data = yaml.load(self.text, Loader=self.loader)  # <- weak
        if not isinstance(data, dict):
            raise ValueError("a mapping was expected")
        for day, dish in data.items():
            yield str(day), str(dish)


@app.put("/menu")
@login_required
def import_menu():
    upload = request.files.get("menu")
    if upload is None:
        abort(400)
    try:
        week.update(MenuReader(upload.read().decode("utf-8")).dishes())
    except (yaml.YAMLError, UnicodeDecodeError, ValueError):
        abort(422)
    return jsonify(days=len(week))
