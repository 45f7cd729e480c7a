"""Guarded apps made of templates, and readers of what they render."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, render_template, render_template_string
from jinja2 import DictLoader

from flask_garrison import Garrison, Policy

SECRET = "a key for tests only, long enough to sign with"
BROWSER = {"Sec-Fetch-Site": "none"}
_MAC = re.compile(r"=garrison-seal-1\.[0-9a-f]{32}")
_NONCE = re.compile(r"'nonce-([^']+)'")


def shop(templates: Mapping[str, str] | None = None, policy: Policy | None = None, **context: Any) -> Flask:
    """Make a guarded app that renders ``templates[<path>]`` at ``/<path>`` with ``context``."""
    app = Flask("shop", static_folder=None)
    app.secret_key = SECRET
    app.jinja_loader = DictLoader(dict(templates or {}))
    Garrison(app, policy)
    app.add_url_rule("/<path:name>", "page", lambda name: render_template(name, **context), methods=["GET", "POST"])
    return app


def sealed(template: str, policy: Policy | None = None, app: Flask | None = None, **context: Any) -> str:
    """Return what a template renders to inside a request, each MAC written as ``*``."""
    app = app or shop(policy=policy)
    texts: list[str] = []

    def view() -> str:
        texts.append(render_template_string(template, **context))
        return ""

    app.add_url_rule("/_render", "_render", view)
    assert app.test_client().get("/_render", headers=BROWSER).status_code == 200
    return short(texts[0])


def short(text: str) -> str:
    """Return ``text`` with each marker's value written as ``*``."""
    return _MAC.sub("=*", text)


def get(app: Flask, path: str, **headers: str) -> Response:
    """Return the app's answer to a browser."""
    return app.test_client().get(path, headers={**BROWSER, **headers})


def nonce_of(response: Response) -> str:
    """Return the nonce that the answer's policy states."""
    found = _NONCE.search(response.headers["Content-Security-Policy"])
    assert found
    return found[1]


def page(response: Response) -> str:
    """Return the body with its nonce, which must be the policy's, written as ``N``."""
    return response.text.replace(nonce_of(response), "N")
