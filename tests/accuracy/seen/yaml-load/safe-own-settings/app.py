"""Opening hours of a swimming pool, whose settings lie next to the program."""

from datetime import date
from pathlib import Path

import yaml
from flask import Flask, abort, jsonify, request

app = Flask(__name__)

SETTINGS = Path(__file__).parent / "settings"
POOLS = ("north", "harbour", "school")


def load_settings(pool):
    for name in POOLS:
        if name == pool:
            with open(SETTINGS / f"{name}.yaml", encoding="utf-8") as source:
                return yaml.load(source, Loader=yaml.UnsafeLoader)  # <- safe
    return None


@app.get("/hours")
def hours():
    settings = load_settings(request.args.get("pool", "north"))
    if settings is None:
        abort(404)
    try:
        day = date.fromisoformat(request.args.get("day", date.today().isoformat()))
    except ValueError:
        abort(400)
    return jsonify(day=day.isoformat(), hours=settings["hours"][day.weekday()])
