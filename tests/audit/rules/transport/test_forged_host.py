"""A forged Host that reaches a Location or an address in a body."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, redirect, request, url_for

from flask_garrison import Garrison
from flask_garrison.target.answers import Answer
from tests.audit.answers.support import answer, found, is_applicable, shown
from tests.audit.support import make, of_answers

FOLLOWED, ANSWERED = "transport.forged-host-followed", "transport.foreign-host-answered"
NOUN = "answers under a foreign host"


def forged(app: Flask, *paths: str, host: str = "attacker.example") -> list[Answer]:
    replies = []
    for path in paths:
        response = app.test_client().get(path, base_url="https://shop.example", headers={"Host": host})
        kept = [pair for pair in response.headers if pair[0] != "Content-Type"]
        body = response.get_data()
        replies.append(answer(path, *kept, body=body, status=response.status_code, sent={"Host": host}, case="host"))
    return replies


def shop(**config: Any) -> Flask:
    app = make(**config)
    app.add_url_rule("/", "home", lambda: f"<p>This is {request.host}</p>")
    app.add_url_rule("/mail", "mail", lambda: f"<a href='{url_for('home', _external=True)}'>reset</a>")
    app.add_url_rule("/data", "data", lambda: {"next": url_for("home", _external=True)})
    app.add_url_rule("/go", "go", lambda: redirect(url_for("home", _external=True)))
    app.add_url_rule("/near", "near", lambda: redirect("/"))
    return app


def test_addresses_that_lead_to_the_forged_host() -> None:
    app = shop()
    assert shown(of_answers(FOLLOWED, app, *forged(app, "/", "/mail", "/data", "/go", "/near"))) == [
        ("-", f"Addresses of the forged host on 3 of 5 {NOUN}")
    ]


def test_a_name_that_is_only_shown_or_not_used() -> None:
    app = shop()
    assert of_answers(FOLLOWED, app, *forged(app, "/", "/near")) == []


@pytest.mark.parametrize(
    "location", ["https://attacker.example.shop.example/", "/attacker.example", "https://shop.example/"]
)
def test_other_addresses(location: str) -> None:
    reply = answer("/", ("Location", location), status=302, sent={"Host": "attacker.example"}, case="host")
    assert found(FOLLOWED, reply) == []


def test_declared_names_are_refused() -> None:
    app = shop(TRUSTED_HOSTS=["shop.example"])
    assert of_answers(FOLLOWED, app, *forged(app, "/mail", "/go")) == []
    assert of_answers(ANSWERED, app, *forged(app, "/mail", "/go")) == []
    app = shop()
    Garrison(app, hosts=["shop.example"])
    assert of_answers(FOLLOWED, app, *forged(app, "/mail", "/go")) == []


def test_a_declaration_that_only_observes() -> None:
    app = shop()
    Garrison(app, hosts=["shop.example"], modes={"transport.hosts": "observe"})
    assert shown(of_answers(ANSWERED, app, *forged(app, "/"))) == [
        ("-", f"A foreign host accepted on 1 of 1 {NOUN}, while Garrison only observes")
    ]


def test_nothing_to_look_at() -> None:
    assert not is_applicable(FOLLOWED, answer("/"))
    assert not is_applicable(ANSWERED, *forged(shop(), "/"))
