"""Fixtures for the guards: an app to guard."""

from __future__ import annotations

import pytest
from flask import Flask, jsonify, redirect, session

SECRET = "a key for tests only, long enough to sign with"


@pytest.fixture
def app() -> Flask:
    """Give a small app: a page, JSON, a form, a redirect, an error; not in testing mode."""
    app = Flask("shop")
    app.secret_key = SECRET
    app.add_url_rule("/", "index", lambda: "<h1>Shop</h1>")
    app.add_url_rule("/json", "json", lambda: jsonify(ok=True))
    app.add_url_rule("/away", "away", lambda: redirect("/"))
    app.add_url_rule("/boom", "boom", _boom)
    app.add_url_rule("/buy", "buy", lambda: "bought", methods=["POST"])
    app.add_url_rule("/login", "login", _login, methods=["POST"])
    app.add_url_rule("/account", "account", lambda: f"<p>{session.get('user_id')}</p>")
    return app


def _boom() -> str:
    raise RuntimeError("secret inside")


def _login() -> str:
    session["user_id"] = "ada"
    return "welcome"
