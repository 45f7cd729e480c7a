"""Museum ticket shop whose error pages share one small page frame."""

import os

from flask import Flask, jsonify, render_template_string, request
from markupsafe import escape

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]

FRAME = """<!doctype html>
<title>{{ title }}</title>
<main><h1>{{ title }}</h1>%(notice)s
<a href="{{ url_for('exhibitions') }}">All exhibitions</a></main>"""


def framed(title, notice, status):
    page = FRAME % {"notice": notice}
    return render_template_string(page, title=title), status  # <- weak


@app.get("/exhibitions")
def exhibitions():
    return jsonify(exhibitions=["Amber", "Clockwork", "Silk"])


@app.get("/exhibitions/<int:number>")
def exhibition(number):
    return jsonify(number=number)


@app.errorhandler(404)
def not_found(_error):
    asked = escape(request.path)
    return framed("Nothing here", f"<p>We could not find <code>{asked}</code>.</p>", 404)


@app.errorhandler(405)
def not_allowed(_error):
    return framed("Not possible", "<p>This page cannot be used in that way.</p>", 405)
