"""Search page of a seed bank, which repeats the words that were looked for."""

import html

from flask import Flask, make_response, request

app = Flask(__name__)

SEEDS = {"A12": "Blue lupin", "B07": "Marsh marigold", "C33": "Field poppy"}


class Fragment:
    def __init__(self, tag):
        self.tag = tag
        self.inner = []

    def text(self, value):
        self.inner.append(html.escape(str(value), quote=True))
        return self

    def __str__(self):
        return f"<{self.tag}>{''.join(self.inner)}</{self.tag}>"


@app.get("/seeds")
def seeds():
    words = request.args.get("words", "")
    hits = [name for name in SEEDS.values() if words.casefold() in name.casefold()]
    page = [str(Fragment("h1").text("Seeds like ").text(words))]
    page.extend(str(Fragment("p").text(hit)) for hit in hits)
    return make_response("".join(page))  # <- safe
