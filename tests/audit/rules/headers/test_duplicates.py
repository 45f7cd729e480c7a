"""Two hooks that set one header."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, Response

from flask_garrison import Garrison
from flask_garrison.audit.rule import Match
from tests.audit.support import make, of_app

RULE = "headers.two-writers"


def policy(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = "default-src 'self'"
    return response


def frames(response: Response) -> Response:
    response.headers.setdefault("X-Frame-Options", "DENY")
    return response


def with_hooks(*hooks: Any) -> Flask:
    app = make()
    for hook in hooks:
        app.after_request(hook)
    return app


def said(app: Flask) -> list[str]:
    return [one.title for one in of_app(RULE, app) or [] if isinstance(one, Match)]


def test_two_hooks_with_one_header_are_found() -> None:
    def again(response: Response) -> Response:
        response.headers["content-security-policy"] = "default-src *"
        return response

    assert said(with_hooks(policy, again)) == [
        "Content-Security-Policy is set by policy and by test_two_hooks_with_one_header_are_found"
    ]


def test_flask_talisman_and_a_hook_are_found() -> None:
    flask_talisman = pytest.importorskip("flask_talisman", reason="Flask-Talisman is not installed")
    app = with_hooks(frames)
    flask_talisman.Talisman(app)
    assert said(app) == ["X-Frame-Options is set by Talisman and by frames"]


def test_two_flask_cors_are_found() -> None:
    flask_cors = pytest.importorskip("flask_cors", reason="Flask-CORS is not installed")
    app = make()
    flask_cors.CORS(app)
    flask_cors.CORS(app)
    (title,) = said(app)
    assert title.startswith("Access-Control-Allow-Origin is set by ")


def test_hooks_with_headers_of_their_own_are_none() -> None:
    assert said(with_hooks(policy, frames)) == []


def test_garrison_merges_what_hooks_set() -> None:
    app = with_hooks(policy, policy)
    assert len(said(app)) == 1
    Garrison(app, hosts=["shop.example"])
    assert said(app) == []
