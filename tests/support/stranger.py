"""A site of somebody else: it answers with whatever page a test asks it for."""

from __future__ import annotations

from urllib.parse import quote

from flask import Flask, request


def stranger() -> Flask:
    """Make an unguarded app that answers every path with the HTML in ``?html=``, and counts requests in ``visits``."""
    app = Flask("stranger", static_folder=None)
    app.config["VISITS"] = []

    def page(path: str = "") -> str:
        app.config["VISITS"].append(request.path)
        return "<!doctype html><title>stranger</title>" + request.args.get("html", "")

    app.add_url_rule("/", "root", page, methods=["GET", "POST"])
    app.add_url_rule("/<path:path>", "page", page, methods=["GET", "POST"])
    return app


def showing(site: str, html: str) -> str:
    """Return the URL at which the stranger shows ``html``."""
    return f"{site}/?html={quote(html)}"
