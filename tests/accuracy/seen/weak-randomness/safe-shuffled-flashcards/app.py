"""Flash cards for language learners, dealt in a changing order."""

import os
import random
import secrets

from flask import Flask, abort, jsonify, session

from decks import DECKS

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]


def deal(deck, count):
    cards = list(deck)
    random.shuffle(cards)  # <- safe
    return cards[:count]


@app.post("/rounds/<name>")
def start_round(name):
    if name not in DECKS:
        abort(404)
    token = secrets.token_urlsafe(24)
    session["round"] = {"token": token, "deck": name}
    cards = deal(DECKS[name], 10)
    return jsonify(token=token, cards=[card["front"] for card in cards])


@app.get("/rounds/tip")
def tip():
    current = session.get("round")
    if current is None:
        abort(404)
    return jsonify(back=random.choice(DECKS[current["deck"]])["back"])
