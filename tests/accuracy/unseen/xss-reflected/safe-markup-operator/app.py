"""Name day calendar that answers with small pieces of HTML for the page's search box."""

from flask import Flask, make_response, request
from markupsafe import Markup

app = Flask(__name__)
NAME_DAYS = {"agnes": "21 January", "felix": "14 January", "vera": "24 January"}

FOUND = Markup("<p class=hit>%s has a name day on %s.</p>")
MISSING = Markup("<p class=miss>No name day is known for {name}.</p>")
ITEM = Markup("<li>{}</li>")


def fragment(name):
    day = NAME_DAYS.get(name.casefold())
    return FOUND % (name, day) if day else MISSING.format(name=name)


def recent(names):
    items = Markup("").join(ITEM.format(name) for name in names)
    return Markup("<ul>") + items + Markup("</ul>")


@app.get("/name-day")
def name_day():
    name = request.args.get("name", "").strip()
    names = [*request.args.getlist("recent")[:5], name]
    html = fragment(name) + recent(names)
    response = make_response(str(html))  # <- safe
    response.headers["Cache-Control"] = "no-store"
    return response
