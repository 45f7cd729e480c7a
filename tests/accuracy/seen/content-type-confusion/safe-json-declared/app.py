"""Answer of a spelling service, which repeats the words that it was sent."""

import json

from flask import Flask, make_response, request

app = Flask(__name__)

KNOWN = {"harbour", "colour", "grey"}


def checked_words(text):
    return [{"word": word, "known": word.lower() in KNOWN} for word in text.split()]


def as_json(payload, status=200):
    reply = make_response(json.dumps(payload), status)  # <- safe
    reply.mimetype = "application/json"
    return reply


@app.after_request
def no_sniffing(response):
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@app.get("/spelling")
def spelling():
    text = request.args.get("text", "")
    if not text:
        return as_json({"error": "no text"}, 400)
    return as_json({"text": text, "words": checked_words(text)})
