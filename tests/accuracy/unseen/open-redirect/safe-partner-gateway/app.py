"""Jump page of a price comparison site that counts clicks to its partner shops."""

from collections import Counter
from urllib.parse import quote, urlencode, urlunsplit

from flask import Flask, abort, redirect, request

app = Flask(__name__)
clicks = Counter()
PARTNERS = {
    "tele": ("shop.tele.example", "/go"),
    "watt": ("www.watt.example", "/offers/enter"),
}


def partner_address(partner, article, extras):
    host, path = PARTNERS[partner]
    query = urlencode([("article", article), *extras])
    return urlunsplit(("https", host, path + "/" + quote(article, safe=""), query, ""))


def wanted_extras():
    return [(name, request.args[name]) for name in ("colour", "ref", "next") if name in request.args]


@app.get("/go/<partner>")
def go(partner):
    article = request.args.get("article", "")
    if partner not in PARTNERS or not article:
        abort(404)
    clicks[partner] += 1
    url = partner_address(partner, article, wanted_extras())
    return redirect(url)  # <- safe
