"""Search page of a small lending library, with a list of matching titles."""

import html

from flask import Flask, make_response, request

from pieces import PageParts

app = Flask(__name__)

TITLES = ["Moby Dick", "Middlemarch", "The Trial", "Orlando", "Dubliners"]


def matches(term):
    return [title for title in TITLES if term.lower() in title.lower()]


@app.get("/search")
def search():
    term = request.args.get("q", "").strip()
    parts = PageParts("Catalogue")
    found = matches(term)
    if found:
        parts.add("<ul>")
        for title in found:
            parts.add("<li>" + html.escape(title) + "</li>")
        parts.add("</ul>")
    else:
        parts.add("<p>Nothing in the catalogue for <em>" + term + "</em>.</p>")
    response = make_response(parts.whole())  # <- weak
    response.headers["Cache-Control"] = "no-store"
    return response
