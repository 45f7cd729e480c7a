"""Article pages of a museum magazine, each with a link to the page the reader came from."""

from urllib.parse import unquote

from flask import Flask, abort, render_template, request

app = Flask(__name__)

ARTICLES = {
    "amber": {"title": "Amber roads", "body": "Amber was carried along the rivers."},
    "glass": {"title": "Forest glass", "body": "Green glass came from the woods."},
}


@app.context_processor
def navigation():
    origin = unquote(request.args.get("from", "")).strip()
    return {"nav": {"origin": origin or "/", "label": "Back"}}


@app.get("/articles/<slug>")
def article(slug):
    if slug not in ARTICLES:
        abort(404)
    return render_template("article.html", article=ARTICLES[slug])
