"""Search in visitor feedback of an aquarium for its public wall."""

from flask import Flask, jsonify, request

from storage import FeedbackStore

app = Flask(__name__)


@app.post("/feedback/search")
def search():
    body = request.get_json(silent=True) or {}
    criteria = {key: value for key, value in body.items() if key in {"tank", "stars", "language"}}
    store = FeedbackStore()
    return jsonify([entry["text"] for entry in store.published(**criteria)])
