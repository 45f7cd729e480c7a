"""What is answered in the clear, and what sends visitors there."""

from __future__ import annotations

import pytest
from flask import Flask, redirect
from werkzeug.middleware.proxy_fix import ProxyFix

from flask_garrison import Garrison
from tests.audit.answers.support import answer, found, is_applicable, real, shown
from tests.audit.support import make, of_answers

PLAIN, AWAY = "transport.plain-http-answered", "transport.redirect-in-the-clear"
BASE = "http://shop.example"


def shop() -> Flask:
    app = make()

    app.add_url_rule("/", "home", lambda: "<p>Tea</p>")
    app.add_url_rule("/old", "old", lambda: redirect("http://shop.example/new"))
    app.add_url_rule("/new", "new", lambda: redirect("/"))
    app.add_url_rule("/out", "out", lambda: redirect("http://partner.example/"))
    return app


def test_a_bare_application() -> None:
    app = shop()
    replies = real(app, ("GET", "/"), ("GET", "/none"), base=BASE, case="plain-http")
    assert shown(of_answers(PLAIN, app, *replies)) == [("-", "Content in the clear on 1 of 2 requests over plain HTTP")]


def test_a_guarded_application_redirects() -> None:
    app = shop()
    Garrison(app, hosts=["shop.example"])
    from werkzeug.test import Client

    response = Client(app).get("/", base_url=BASE, environ_base={"REMOTE_ADDR": "203.0.113.7"})
    reply = answer("/", *response.headers, status=response.status_code, base=BASE, case="plain-http", kind=None)
    assert reply.status == 307
    assert of_answers(PLAIN, app, reply) == []


def test_encrypted_answers_are_not_meant() -> None:
    assert not is_applicable(PLAIN, answer("/"))


def test_redirects_to_the_own_host_in_the_clear() -> None:
    app = shop()
    replies = real(app, ("GET", "/old"), ("GET", "/new"), ("GET", "/out"))
    (match,) = of_answers(AWAY, app, *replies) or ()
    assert match.title == "Plain HTTP as target on 1 of 3 redirects"  # type: ignore[union-attr]
    assert match.route == "/old"  # type: ignore[union-attr]
    assert of_answers(AWAY, app, *replies[1:]) == []


@pytest.mark.parametrize("path", ["/healthz", "/api/health", "/ping", "/readyz", "/-/ready"])
def test_a_health_check_is_asked_in_the_clear(path: str) -> None:
    assert found(PLAIN, answer(path, base=BASE, case="plain-http")) == []


@pytest.mark.parametrize(
    ("proxy", "headers", "severity"),
    [
        ({"x_proto": 1}, [("Strict-Transport-Security", "max-age=31536000")], "low"),
        ({"x_proto": 1}, [], "-"),
        ({"x_proto": 0}, [("Strict-Transport-Security", "max-age=31536000")], "-"),
        (None, [("Strict-Transport-Security", "max-age=31536000")], "-"),
    ],
)
def test_behind_a_server_that_encrypts_it_is_less(
    proxy: dict[str, int] | None, headers: list[tuple[str, str]], severity: str
) -> None:
    app = shop()
    if proxy is not None:
        app.wsgi_app = ProxyFix(app.wsgi_app, **proxy)  # type: ignore[method-assign]
    replies = answer("/", *headers), answer("/", *headers, base=BASE, case="plain-http")
    assert found(PLAIN, *replies, app=app) == [(severity, "Content in the clear on 1 of 1 requests over plain HTTP")]
