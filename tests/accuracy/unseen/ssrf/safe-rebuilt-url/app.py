"""Reading list that fetches titles of articles from a few newspapers."""

import os
from html.parser import HTMLParser
from urllib.parse import urlsplit, urlunsplit

import requests
from flask import Flask, jsonify, request
from flask_login import LoginManager, login_required

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)
PAPERS = frozenset({"www.daily.example", "news.harbour.example", "blog.valley.example"})


class TitleParser(HTMLParser):
    title, inside = "", False

    def handle_starttag(self, tag, attrs):
        self.inside = tag == "title"

    def handle_data(self, data):
        if self.inside:
            self.title += data

    def handle_endtag(self, tag):
        self.inside = False


def article_url(raw):
    parts = urlsplit(raw)
    if parts.hostname not in PAPERS:
        raise ValueError("unknown newspaper")
    return urlunsplit(("https", parts.hostname, parts.path or "/", parts.query, ""))


@app.post("/articles")
@login_required
def add_article():
    try:
        url = article_url(request.form["url"])
        answer = requests.get(url, timeout=5, allow_redirects=False)  # <- safe
    except (ValueError, requests.RequestException):
        return jsonify(error="this article cannot be added"), 422
    parser = TitleParser()
    parser.feed(answer.text[:100_000])
    return jsonify(url=url, title=parser.title.strip()), 201
