"""Search in the minutes of a housing association, with the words highlighted."""

from flask import Flask, render_template, request
from markupsafe import Markup

app = Flask(__name__)

MINUTES = [
    (2023, "The roof was repaired in spring."),
    (2024, "A new laundry room was opened."),
]


@app.template_filter("highlight")
def highlight(text, words):
    for word in words:
        text = text.replace(word, f"<mark>{word}</mark>")
    return Markup(text)  # <- weak


def split_words(query):
    return tuple(word for word in query.split(" ") if len(word) > 2)


@app.get("/minutes")
def minutes():
    query = request.args.get("q", "")
    words = split_words(query)
    found = [(year, text) for year, text in MINUTES if any(word in text for word in words)]
    summary = f"{len(found)} minutes for {query}"
    return render_template("minutes.html", found=found, summary=summary, words=words)
