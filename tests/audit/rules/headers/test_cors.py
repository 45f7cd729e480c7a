"""Flask-CORS is asked which origins it would accept; an origin in a finding was accepted by its own pattern."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from flask_garrison import Garrison
from flask_garrison.audit.rule import Match, Unchecked
from flask_garrison.findings import Severity
from tests.audit.support import make, of_app

flask_cors = pytest.importorskip("flask_cors", reason="Flask-CORS is not installed")

CREDENTIALS = "headers.cors-everybody-with-credentials"
EVERYBODY = "headers.cors-everybody"
NULL = "headers.cors-null"
PATTERN = "headers.cors-loose-pattern"


def shared(config: dict[str, Any] | None = None, **options: Any) -> Flask:
    app = make(**(config or {}))
    app.add_url_rule("/", "page", lambda: "page")
    flask_cors.CORS(app, **options)
    return app


def said(rule: str, app: Flask) -> list[tuple[str, Severity | None]]:
    found = of_app(rule, app)
    assert found is not None
    return [(one.title, one.severity) for one in found if isinstance(one, Match)]


def test_everybody_with_credentials_is_found_and_true() -> None:
    app = shared(supports_credentials=True)
    answer = app.test_client().get("/", headers={"Origin": "https://evil.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "https://evil.example"
    assert answer.headers["Access-Control-Allow-Credentials"] == "true"
    assert said(CREDENTIALS, app) == [("all origins are allowed with credentials (/*)", None)]
    assert said(EVERYBODY, app) == []


def test_everybody_without_credentials_is_low() -> None:
    assert said(EVERYBODY, shared()) == [("all origins are allowed (/*)", None)]
    assert said(CREDENTIALS, shared()) == []


def test_one_view_for_everybody_is_named() -> None:
    app = make()
    app.add_url_rule("/open", "open", flask_cors.cross_origin()(lambda: "open"))
    (match,) = of_app(EVERYBODY, app) or []
    assert isinstance(match, Match)
    assert (match.title, match.severity, match.route) == ("all origins are allowed (open)", Severity.INFO, "/open")


def test_a_list_is_none() -> None:
    app = shared(origins=["https://app.shop.example"], supports_credentials=True)
    assert said(CREDENTIALS, app) == said(EVERYBODY, app) == said(NULL, app) == said(PATTERN, app) == []


def test_the_configuration_counts() -> None:
    app = shared({"CORS_ORIGINS": "*", "CORS_SUPPORTS_CREDENTIALS": True})
    assert said(CREDENTIALS, app) == [("all origins are allowed with credentials (/*)", None)]


def test_null_is_found() -> None:
    origins = ["https://app.shop.example", "null"]
    assert said(NULL, shared(origins=origins)) == [("null is allowed (/*)", None)]
    assert said(NULL, shared(origins=origins, supports_credentials=True)) == [("null is allowed (/*)", Severity.HIGH)]


@pytest.mark.parametrize(
    ("pattern", "stranger"),
    [
        (r"https://.*shop.example", "https://shop.example.evil.example"),
        (r"https?://app\.shop\.example", "https://app.shop.example.evil.example"),
        (r".*shop\.example$", None),
        (r"https://.*shop\.example$", "https://evilshop.example"),
        (r"https://app.shop.example\Z", "https://app.shopxexample"),
        ("http://localhost:*", "http://localhost.evil.example"),
        (r"^https://[a-z0-9-]+\.shop\.example$", None),
        (r"^https://(www|app)\.shop\.example\Z", None),
        (r"^http://127\.0\.0\.1(:[0-9]+)?$", None),
        (r"^http://\[::1\](:[0-9]+)?$", None),
        (r"http://localhost(:\d+)?", "http://localhost.evil.example"),
    ],
)
def test_a_pattern_that_fits_others_is_found(pattern: str, stranger: str | None) -> None:
    app = shared(origins=[re.compile(pattern)])
    expected = [] if stranger is None else [(f"the pattern {pattern} lets {stranger} through (/*)", None)]
    assert said(PATTERN, app) == expected
    if stranger is not None:
        answer = app.test_client().get("/", headers={"Origin": stranger})
        assert answer.headers["Access-Control-Allow-Origin"] == stranger


def test_a_pattern_that_cannot_be_told_is_not_checked() -> None:
    (unchecked,) = of_app(PATTERN, shared(origins=[re.compile(r".*shop\.example$")])) or []
    assert isinstance(unchecked, Unchecked)
    assert unchecked.what == r"the pattern .*shop\.example$"


def test_garrison_takes_such_headers_away() -> None:
    for options in ({}, {"origins": ["null"]}, {"origins": [re.compile("https://.*shop.example")]}):
        app = shared(supports_credentials=True, **options)
        Garrison(app, hosts=["shop.example"])
        assert said(CREDENTIALS, app) == said(NULL, app) == said(PATTERN, app) == []


def test_without_flask_cors_there_is_nothing_to_look_at() -> None:
    assert of_app(EVERYBODY, make()) is None
