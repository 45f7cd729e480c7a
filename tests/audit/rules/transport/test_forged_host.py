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


def test_a_foreign_name_in_a_parameter_leads_nowhere() -> None:
    app = make()
    app.add_url_rule("/account", "account", lambda: redirect(f"/login?lang=en&next={request.url}"))
    app.add_url_rule("/share", "share", lambda: f'<a href="https://friends.example/share?u={request.url}">Share</a>')
    app.add_url_rule("/out", "out", lambda: f'<meta http-equiv="refresh" content="0;url={request.url}">')
    assert of_answers(FOLLOWED, app, *forged(app, "/account", "/share")) == []
    assert shown(of_answers(FOLLOWED, app, *forged(app, "/account", "/out"))) == [
        ("-", f"Addresses of the forged host on 1 of 2 {NOUN}")
    ]


def test_a_redirect_of_the_routing_is_not_the_applications() -> None:
    app = make()
    app.add_url_rule("/tea/", "tea", lambda: "<p>Tea</p>")
    (reply,) = forged(app, "/tea")
    assert reply.headers["Location"] == "https://attacker.example/tea/"
    assert of_answers(FOLLOWED, app, reply) == []


def test_an_undeclared_application_that_takes_every_name() -> None:
    app = shop()
    app.add_url_rule("/closed", "closed", lambda: ("Log in first", 401))
    own = [answer("/closed", status=401), answer("/near", status=302, case="redirect")]
    assert shown(of_answers(ANSWERED, app, *own, *forged(app, "/", "/near", "/closed"))) == [
        ("medium", f"A foreign host accepted on 3 of 3 {NOUN}")
    ]
    Garrison(app)
    assert shown(of_answers(ANSWERED, app, *own, *forged(app, "/"))) == [
        ("medium", f"A foreign host accepted on 1 of 1 {NOUN}")
    ]


def test_an_undeclared_application_that_compares_the_name_itself() -> None:
    app = shop()
    app.add_url_rule("/health", "health", lambda: "fine")

    @app.before_request
    def own_names_only() -> tuple[str, int] | None:
        return None if request.path == "/health" or request.host == "shop.example" else ("Not here", 403)

    own = [answer("/"), answer("/mail"), answer("/health")]
    assert of_answers(ANSWERED, app, *own, *forged(app, "/", "/mail", "/health")) == []
    assert of_answers(FOLLOWED, app, *own, *forged(app, "/", "/mail", "/health")) == []


def test_a_malformed_name_is_no_refusal_of_foreign_ones() -> None:
    app = shop()
    malformed = answer("/", status=400, sent={"Host": 'shop.example"><script>'}, case="host")
    assert shown(of_answers(ANSWERED, app, answer("/"), *forged(app, "/"), malformed)) == [
        ("medium", f"A foreign host accepted on 1 of 1 {NOUN}")
    ]


def test_nothing_to_look_at() -> None:
    assert not is_applicable(FOLLOWED, answer("/"))
    assert not is_applicable(ANSWERED, answer("/"))
