"""Shortcuts from an appliance to the maker's manual site."""

from functools import partial
from urllib.parse import quote, urlencode

from flask import Flask, redirect, request

app = Flask(__name__)
MANUALS = "https://manuals.appliance.example/"


def manual_url(base, *path, **query):
    url = base + "/".join(quote(part, safe="") for part in path)
    if query:
        url += "?" + urlencode(query)
    return url


manual = partial(manual_url, MANUALS, "v2")


@app.get("/help/<model>/<topic>")
def help_for(model, topic):
    language = request.args.get("lang", "en")
    target = manual(model, topic, lang=language, ref=request.args.get("url", ""))
    return redirect(target)  # <- safe


@app.get("/help/<model>")
def overview(model):
    return {"model": model, "manual": manual(model)}
