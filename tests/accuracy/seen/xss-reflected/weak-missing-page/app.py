"""Wiki of a hiking club whose unknown pages are answered by its own error page."""

from flask import Flask, render_template, request
from werkzeug.exceptions import NotFound

app = Flask(__name__)

PAGES = {"home": "Welcome to the club.", "routes": "Nine routes are marked this year."}

ERROR_FRAME = """<!doctype html>
<title>%(code)d</title>
<h1>Off the trail</h1>
<p>%(detail)s</p>
<a href="/wiki/home">Back to the hut</a>
"""


def find_page(name):
    try:
        return PAGES[name]
    except KeyError:
        wanted = request.args.get("title") or name
        raise NotFound(f"There is no page called {wanted}.") from None


@app.get("/wiki/<path:name>")
def wiki(name):
    return render_template("page.html", name=name, text=find_page(name))


@app.errorhandler(404)
def off_trail(error):
    values = {"code": error.code, "detail": error.description}
    return ERROR_FRAME % values, 404  # <- weak
