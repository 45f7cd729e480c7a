"""Saved searches of a real estate portal, sent back by the browser as text."""

import jsonpickle
from flask import Blueprint, Flask, render_template, request

searches = Blueprint("searches", __name__)


class SavedSearch:
    def __init__(self, town="", rooms=1, terms=()):
        self.town = town
        self.rooms = rooms
        self.terms = list(terms)


def restore(state):
    match state:
        case None | "":
            return SavedSearch()
        case str() if state.startswith("{"):
            return jsonpickle.decode(state)  # <- weak
        case _:
            return SavedSearch(town=state)


@searches.route("/search", methods=["GET", "POST"])
def search():
    saved = restore(request.form.get("state"))
    saved.rooms = request.form.get("rooms", saved.rooms, type=int)
    return render_template("search.html", saved=saved, state=jsonpickle.encode(saved))


def create_app():
    app = Flask(__name__)
    app.register_blueprint(searches)
    return app
