"""Podcast directory that keeps track of searches without a result."""

import logging
from functools import wraps

from flask import Flask, jsonify, request

app = Flask(__name__)
logging.basicConfig(format="%(asctime)s %(name)s %(message)s", level=logging.INFO)
searches = logging.getLogger("directory.searches")
SHOWS = [{"title": "Night Train", "topics": ["rail"]}, {"title": "Soil", "topics": ["garden", "farm"]}]


def traced(view):
    @wraps(view)
    def inner(*args, **kwargs):
        answer = view(*args, **kwargs)
        if not answer["shows"]:
            details = dict(term=answer["term"], agent=request.user_agent.string)
            searches.info("no result for %(term)r with %(agent)r", details)  # <- safe
        return jsonify(answer)

    return inner


def matches(show, term):
    return term in show["title"].lower() or any(term in topic for topic in show["topics"])


@app.get("/search")
@traced
def search():
    term = request.args.get("q", "").lower()
    return {"term": term, "shows": [show["title"] for show in SHOWS if matches(show, term)]}
