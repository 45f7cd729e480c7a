"""Link page of a neighbourhood site, which previews a site that a resident suggests."""

from urllib.parse import urlsplit

from flask import Flask, abort, render_template, request

app = Flask(__name__)

SCHEMES = frozenset({"http", "https"})


def web_address(raw):
    parts = urlsplit(raw.strip())
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise ValueError("not a web address")
    return parts.geturl()


@app.post("/links/preview")
def preview():
    try:
        address = web_address(request.form["address"])
    except ValueError:
        abort(422)
    link = {"address": address, "name": request.form.get("name") or address}
    return render_template("link.html", link=link)
