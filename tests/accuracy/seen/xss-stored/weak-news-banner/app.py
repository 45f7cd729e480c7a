"""Announcements of a school canteen, written to a JSON file and shown over the menu."""

import json
import pathlib

from flask import Flask, jsonify, request
from markupsafe import Markup, escape

app = Flask(__name__)
STORE = pathlib.Path(app.instance_path) / "banner.json"

MENU = {"Mon": "Lentil soup", "Tue": "Fish pie", "Wed": "Pancakes"}


class BannerStore:
    def __init__(self, path):
        self.path = path

    def save(self, **fields):
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps(fields), encoding="utf-8")

    def load(self):
        if not self.path.exists():
            return {"text": "", "author": ""}
        return json.loads(self.path.read_text(encoding="utf-8"))


banners = BannerStore(STORE)


@app.put("/banner")
def set_banner():
    data = request.get_json()
    banners.save(text=str(data["text"]), author=str(data["author"]))
    return jsonify(saved=True)


@app.get("/menu")
def menu():
    banner = banners.load()
    top = Markup("<aside>{}</aside>".format(banner["text"]))  # <- weak
    rows = Markup("").join(Markup("<li>%s: %s</li>") % pair for pair in MENU.items())
    return top + Markup("<small>") + escape(banner["author"]) + Markup("</small><ul>") + rows + Markup("</ul>")
