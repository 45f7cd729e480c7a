"""Podcast planner that imports a listener's subscriptions from an OPML file."""

import os
import urllib.request
from collections import namedtuple

from defusedxml import ElementTree
from flask import Flask, jsonify, request
from flask_login import LoginManager, login_required

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["MAX_CONTENT_LENGTH"] = 256 * 1024
login_manager = LoginManager(app)
Subscription = namedtuple("Subscription", "title address")


def subscriptions(document):
    for outline in document.iter("outline"):
        if outline.get("type") == "rss" and (address := outline.get("xmlUrl")):
            if address.lower().startswith(("http://", "https://")):
                yield Subscription(outline.get("text", ""), address)


def newest(subscription):
    with urllib.request.urlopen(subscription.address, timeout=5) as answer:  # <- weak
        feed = ElementTree.fromstring(answer.read(2_000_000))
    return feed.findtext("channel/item/title", default="")


@app.post("/subscriptions/import")
@login_required
def import_subscriptions():
    try:
        document = ElementTree.parse(request.files["opml"].stream)
        found = list(subscriptions(document))[:25]
        shows = {item.title: newest(item) for item in found}
    except (ElementTree.ParseError, OSError, ValueError):
        return jsonify(error="the list could not be imported"), 422
    return jsonify(shows)
