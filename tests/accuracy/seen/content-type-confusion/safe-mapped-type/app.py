"""Feed of a podcast in several forms, picked by a parameter."""

import json

from flask import Flask, Response, request

app = Flask(__name__)

TYPES = {
    "json": "application/json",
    "text": "text/plain; charset=utf-8",
    "feed": "application/feed+json",
}


class Episode:
    def __init__(self, title, minutes):
        self.title = title
        self.minutes = minutes


EPISODES = [Episode("The lighthouse", 31), Episode("Salt", 44)]


def body_of(form, query):
    chosen = [episode for episode in EPISODES if query.lower() in episode.title.lower()]
    if form == "text":
        return f"{query}\n" + "\n".join(episode.title for episode in chosen)
    return json.dumps({"query": query, "items": [vars(episode) for episode in chosen]})


@app.get("/episodes")
def episodes():
    form = request.args.get("format", "json")
    kind = TYPES.get(form, TYPES["json"])
    reply = Response(body_of(form, request.args.get("q", "")), content_type=kind)  # <- safe
    reply.headers["X-Content-Type-Options"] = "nosniff"
    return reply
