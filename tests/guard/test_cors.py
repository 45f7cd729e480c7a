"""Answers are shared with origins that somebody wrote down, and with no others."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Blueprint, Flask, Response, abort, jsonify, request, session
from flask_cors import CORS, cross_origin
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import Headers

from flask_garrison import Garrison, Policy
from flask_garrison.errors import PolicyError
from flask_garrison.events import SecurityEvent
from flask_garrison.guard.cors import CONTROL, add_vary

Seen = Callable[[], list[SecurityEvent]]
HERE = "https://api.example"
SHOP = "https://shop.example"
BLOG = "https://blog.example"
EVIL = "https://evil.example"
ORIGIN, CREDENTIALS = "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials"


@pytest.fixture
def app() -> Flask:
    """Give an API with a login hook that no preflight could pass."""
    app = Flask("api")
    app.secret_key = "a key for tests only, long enough to sign with"

    @app.before_request
    def log_in_first() -> None:
        if request.method == "OPTIONS" and "Authorization" not in request.headers:
            abort(401)

    app.add_url_rule("/items", "items", lambda: jsonify(items=[]), methods=["GET", "PUT"])
    app.add_url_rule("/items", "add", lambda: ("", 201), methods=["POST"])
    app.add_url_rule("/boom", "boom", lambda: 1 // 0)
    return app


def get(app: Flask, origin: str | None = None, path: str = "/items") -> Headers:
    """Send a cross-origin read and return the headers of its answer."""
    headers = {"Origin": origin} if origin is not None else {}
    return app.test_client().get(path, base_url=HERE, headers=headers).headers


def preflight(app: Flask, origin: str = SHOP, method: str = "PUT", path: str = "/items", **more: str) -> Any:
    """Send a preflight and return its answer."""
    headers = {"Origin": origin, "Access-Control-Request-Method": method, **more}
    return app.test_client().options(path, base_url=HERE, headers=headers)


def shared(headers: Headers) -> list[str]:
    """Return the CORS headers, lower case."""
    return sorted(name.lower() for name, _ in headers if name.lower().startswith("access-control-"))


def said(seen: Seen) -> list[SecurityEvent]:
    """Return the events of this control."""
    return [event for event in seen() if event.control == CONTROL]


# The policy's lists


def test_a_declared_origin_reads_without_credentials(app: Flask) -> None:
    Garrison(app, cors_origins=[SHOP])
    headers = get(app, SHOP)
    assert headers.getlist(ORIGIN) == [SHOP]
    assert shared(headers) == [ORIGIN.lower()]


def test_a_credentialed_origin_reads_with_credentials(app: Flask) -> None:
    Garrison(app, cors_credentialed_origins=[SHOP])
    headers = get(app, SHOP)
    assert (headers[ORIGIN], headers[CREDENTIALS]) == (SHOP, "true")


FOREIGN = [
    EVIL,
    "null",
    "http://shop.example",
    "https://shop.example:8443",
    "https://shop.example.evil.example",
    "https://evilshop.example",
    "https://shop.example/",
    "HTTPS://SHOP.EXAMPLE",
    "https://shop.example, https://evil.example",
    "*",
    "",
]


@pytest.mark.parametrize("origin", FOREIGN)
def test_no_other_origin_is_let_in(app: Flask, origin: str) -> None:
    Garrison(app, cors_origins=[BLOG], cors_credentialed_origins=[SHOP])
    assert shared(get(app, origin)) == []
    assert shared(preflight(app, origin).headers) == []


@settings(deadline=None)
@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40))
def test_no_origin_is_ever_reflected(origin: str) -> None:
    app = Flask("api")
    app.add_url_rule("/items", "items", lambda: "[]")
    Garrison(app, cors_credentialed_origins=[SHOP])
    assert origin.strip() == SHOP or shared(get(app, origin)) == []


def test_without_lists_nothing_is_added(app: Flask) -> None:
    Garrison(app)
    headers = get(app, SHOP)
    assert shared(headers) == []
    assert "Origin" not in headers.get("Vary", "")


@pytest.mark.parametrize("value", ["*", "null", "https://*.shop.example", "https://shop.example/path"])
@pytest.mark.parametrize("setting", ["cors_origins", "cors_credentialed_origins"])
def test_only_exact_origins_can_be_declared(setting: str, value: str) -> None:
    with pytest.raises(PolicyError, match=setting):
        Policy(**{setting: [value]})


@pytest.mark.parametrize("origin", [None, SHOP, EVIL, HERE])
@pytest.mark.parametrize("path", ["/items", "/missing", "/boom", "/static/x"])
def test_every_answer_varies_by_origin_once_a_list_is_declared(app: Flask, origin: str | None, path: str) -> None:
    Garrison(app, cors_origins=[SHOP])
    headers = get(app, origin, path)
    assert "Origin" in headers["Vary"]
    assert (ORIGIN in headers) == (origin == SHOP)


def test_exposed_headers(app: Flask) -> None:
    Garrison(app, cors_origins=[SHOP], cors_expose=["X-Total", "ETag"])
    assert get(app, SHOP)["Access-Control-Expose-Headers"] == "X-Total, ETag"
    assert "Access-Control-Expose-Headers" not in get(app, EVIL)


def test_a_second_value_of_the_app_does_not_break_a_declared_origin(app: Flask) -> None:
    @app.after_request
    def star(response: Response) -> Response:
        response.headers[ORIGIN] = "*"
        return response

    Garrison(app, cors_credentialed_origins=[SHOP])
    headers = get(app, SHOP)
    assert (headers.getlist(ORIGIN), headers[CREDENTIALS]) == ([SHOP], "true")


# Preflights


def test_a_preflight_is_answered_before_the_apps_hooks(app: Flask) -> None:
    assert preflight(app).status_code == 401
    guarded = preflight_app(app, cors_credentialed_origins=[SHOP])
    answer = preflight(guarded, **{"Access-Control-Request-Headers": "content-type"})
    assert (answer.status_code, answer.data) == (204, b"")
    headers = answer.headers
    assert (headers[ORIGIN], headers[CREDENTIALS]) == (SHOP, "true")
    assert headers["Access-Control-Allow-Methods"] == "GET, HEAD, POST, PUT"
    assert "Content-Type" in headers["Access-Control-Allow-Headers"].split(", ")
    assert headers["Access-Control-Max-Age"] == "600"
    vary = {name.strip() for name in headers["Vary"].split(",")}
    assert {"Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"} <= vary


def preflight_app(like: Flask, policy: Policy | None = None, **settings: Any) -> Flask:
    """Make a fresh guarded app with the same views and hooks: an app that has answered cannot be set up any more."""
    app = Flask("api")
    app.before_request_funcs = like.before_request_funcs
    app.url_map, app.view_functions = like.url_map, like.view_functions
    Garrison(app, policy, **settings)
    return app


def test_methods_are_those_of_the_policy_and_of_the_route(app: Flask) -> None:
    Garrison(app, cors_origins=[SHOP], cors_methods=["GET", "DELETE"])
    assert preflight(app).headers["Access-Control-Allow-Methods"] == "GET"


def test_headers_and_age_are_those_of_the_policy(app: Flask) -> None:
    Garrison(app, cors_origins=[SHOP], cors_headers=["X-One"], cors_max_age=5)
    headers = preflight(app).headers
    assert (headers["Access-Control-Allow-Headers"], headers["Access-Control-Max-Age"]) == ("X-One", "5")


def test_the_private_network_is_never_opened(app: Flask) -> None:
    Garrison(app, cors_credentialed_origins=[SHOP])
    headers = preflight(app, **{"Access-Control-Request-Private-Network": "true"}).headers
    assert "Access-Control-Allow-Private-Network" not in headers


def test_a_path_that_does_not_exist_is_the_apps_to_answer(app: Flask) -> None:
    Garrison(app, cors_origins=[SHOP])
    assert preflight(app, path="/missing").status_code == 401


def test_an_options_request_that_is_no_preflight_is_the_apps_to_answer(app: Flask) -> None:
    Garrison(app, cors_origins=[SHOP])
    answer = app.test_client().options("/items", base_url=HERE, headers={"Origin": SHOP, "Authorization": "x"})
    assert answer.status_code == 200
    assert "PUT" in answer.headers["Allow"]


def test_a_foreign_preflight_gets_the_apps_answer_and_an_event(app: Flask, seen: Seen) -> None:
    Garrison(app, cors_origins=[SHOP])
    answer = preflight(app, EVIL)
    assert (answer.status_code, shared(answer.headers)) == (401, [])
    (event,) = said(seen)
    assert (event.name, event.outcome, event.appsensor) == ("malicious_cors", "refused", "IE2")
    assert f'cors_credentialed_origins=["{EVIL}"]' in str(event.detail["advice"])


def test_a_preflight_from_here_is_no_event(app: Flask, seen: Seen) -> None:
    Garrison(app)
    preflight(app, HERE)
    assert said(seen) == []


@pytest.mark.parametrize(
    ("method", "headers", "line"),
    [
        ("POST", "", 'cors_methods=["GET", "POST"]'),
        ("GET", "content-type, x-trace", 'cors_headers=["Content-Type", "x-trace"]'),
    ],
)
def test_what_a_declared_origin_lacks_is_said_with_the_line(
    app: Flask, seen: Seen, method: str, headers: str, line: str
) -> None:
    Garrison(app, cors_origins=[SHOP], cors_methods=["GET"], cors_headers=["Content-Type"])
    preflight(app, method=method, **{"Access-Control-Request-Headers": headers})
    (event,) = said(seen)
    assert event.detail["advice"] == line


# What the application shares itself


def sharing(app: Flask, value: str | None, credentials: str | None = "true") -> None:
    """Let the app share every answer with ``value``; ``None`` reflects whoever asks."""

    @app.after_request
    def share(response: Response) -> Response:
        response.headers[ORIGIN] = value or request.headers.get("Origin", "*")
        if credentials is not None:
            response.headers[CREDENTIALS] = credentials
            response.headers["Access-Control-Expose-Headers"] = "X-Secret"
        return response


@pytest.mark.parametrize("origin", [EVIL, "null", "HTTPS://Evil.Example"])
def test_a_reflected_origin_with_credentials_is_taken_away(app: Flask, seen: Seen, origin: str) -> None:
    sharing(app, None)
    Garrison(app)
    headers = get(app, origin)
    assert shared(headers) == []
    assert "Origin" in headers["Vary"]
    (event,) = said(seen)
    assert (event.name, event.outcome) == ("malicious_cors", "refused")
    assert event.detail["reason"] == ("null" if origin == "null" else "reflected") + " origin with credentials"
    if origin != "null":
        assert f'cors_credentialed_origins=["{EVIL}"]' in str(event.detail["advice"])


def test_the_line_it_prints_lets_the_origin_in(app: Flask, seen: Seen) -> None:
    sharing(app, None)
    Garrison(app, cors_credentialed_origins=[EVIL])
    assert get(app, EVIL)[CREDENTIALS] == "true"
    assert said(seen) == []


def test_null_with_credentials_is_taken_away_even_if_listed(app: Flask) -> None:
    CORS(app, origins=["null"], supports_credentials=True)
    Garrison(app)
    assert shared(get(app, "null")) == []


def test_star_with_credentials_loses_the_credentials(app: Flask, seen: Seen) -> None:
    sharing(app, "*")
    Garrison(app)
    headers = get(app, EVIL)
    assert headers[ORIGIN] == "*"
    assert CREDENTIALS not in headers
    assert said(seen)[0].detail["reason"] == "wildcard origin with credentials"


@pytest.mark.parametrize("value", [None, "*", "null"])
def test_what_is_shared_without_credentials_stays(app: Flask, seen: Seen, value: str | None) -> None:
    sharing(app, value, credentials=None)
    Garrison(app)
    assert get(app, EVIL)[ORIGIN] == (value or EVIL)
    assert said(seen) == []


def test_a_fixed_origin_stays_for_others(app: Flask, seen: Seen) -> None:
    sharing(app, SHOP)
    Garrison(app)
    assert get(app, EVIL)[ORIGIN] == SHOP
    assert get(app)[ORIGIN] == SHOP
    assert said(seen) == []


def test_the_own_origin_may_be_reflected(app: Flask, seen: Seen) -> None:
    sharing(app, None)
    Garrison(app)
    assert get(app, HERE)[ORIGIN] == HERE
    assert said(seen) == []


def test_an_origin_declared_public_gets_no_credentials_from_a_reflecting_app(app: Flask) -> None:
    sharing(app, None)
    Garrison(app, cors_origins=[SHOP])
    headers = get(app, SHOP)
    assert headers[ORIGIN] == SHOP
    assert CREDENTIALS not in headers


def test_observe_keeps_and_records(app: Flask, seen: Seen) -> None:
    sharing(app, None)
    Garrison(app, cors_origins=[SHOP], modes={CONTROL: "observe"})
    headers = get(app, EVIL)
    assert (headers[ORIGIN], headers[CREDENTIALS]) == (EVIL, "true")
    assert "Vary" not in headers
    assert preflight(app).status_code == 401
    assert {event.outcome for event in said(seen)} == {"would_refuse"}


def test_observe_adds_nothing_for_a_declared_origin(app: Flask, seen: Seen) -> None:
    Garrison(app, cors_origins=[SHOP], modes={CONTROL: "observe"})
    for _ in range(2):
        assert shared(get(app, SHOP)) == []
    assert len(said(seen)) == 1


def test_off_neither_shares_nor_judges(app: Flask, seen: Seen) -> None:
    sharing(app, None)
    Garrison(app, cors_origins=[SHOP], modes={CONTROL: "off"})
    assert get(app, EVIL)[CREDENTIALS] == "true"
    assert preflight(app).status_code == 401
    assert said(seen) == []


# Flask-CORS

HONEST: dict[str, Callable[[Flask], object]] = {
    "keyword": lambda app: CORS(app, origins=[SHOP, BLOG], supports_credentials=True),
    "one origin": lambda app: CORS(app, origins=SHOP, supports_credentials=True),
    "upper case": lambda app: CORS(app, origins=["HTTPS://SHOP.example"], supports_credentials=True),
    "resources": lambda app: CORS(app, resources={"/it.*": {"origins": [SHOP]}}, supports_credentials=True),
    "config": lambda app: (
        app.config.update(CORS_ORIGINS=[SHOP], CORS_SUPPORTS_CREDENTIALS=True),
        CORS(app),
    ),
    "mixed with a pattern": lambda app: CORS(app, origins=[SHOP, r"https://.*\.example"], supports_credentials=True),
}
DANGEROUS: dict[str, Callable[[Flask], object]] = {
    "default": lambda app: CORS(app, supports_credentials=True),
    "star": lambda app: CORS(app, origins="*", supports_credentials=True),
    "pattern": lambda app: CORS(app, origins=[r"https://.*\.example"], supports_credentials=True),
    "compiled": lambda app: CORS(app, origins=re.compile("https://.*"), supports_credentials=True),
    "list and star": lambda app: CORS(app, origins=[SHOP, "*"], supports_credentials=True),
}


def public(app: Flask) -> Flask:
    """Make an app whose preflights reach Flask-CORS."""
    plain = Flask("api")
    plain.add_url_rule("/items", "items", lambda: jsonify(items=[]), methods=["GET", "PUT"])
    return plain


@pytest.mark.parametrize("declare", HONEST.values(), ids=HONEST)
@pytest.mark.parametrize("order", ["before", "after"])
def test_flask_cors_with_exact_origins_keeps_working(app: Flask, seen: Seen, declare: Any, order: str) -> None:
    app = public(app)
    for step in (declare, Garrison) if order == "before" else (Garrison, declare):
        step(app)
    headers = get(app, SHOP)
    assert (headers.getlist(ORIGIN), headers[CREDENTIALS]) == ([SHOP], "true")
    assert "Origin" in headers["Vary"]
    answer = preflight(app)
    assert (answer.status_code, answer.headers[ORIGIN]) == (200, SHOP)
    assert said(seen) == []


@pytest.mark.parametrize("declare", DANGEROUS.values(), ids=DANGEROUS)
def test_flask_cors_that_reflects_is_stopped(app: Flask, declare: Any) -> None:
    app = public(app)
    declare(app)
    Garrison(app)
    assert CREDENTIALS not in get(app, EVIL)
    assert shared(get(app, EVIL)) == []
    assert shared(preflight(app, EVIL).headers) == []


def test_flask_cors_without_credentials_stays(app: Flask, seen: Seen) -> None:
    app = public(app)
    CORS(app)
    Garrison(app)
    assert get(app, EVIL)[ORIGIN] in ("*", EVIL)
    assert said(seen) == []


def test_the_decorator_of_flask_cors(app: Flask) -> None:
    app = public(app)
    app.add_url_rule("/one", "one", cross_origin(origins=[SHOP], supports_credentials=True)(lambda: "1"))
    app.add_url_rule("/all", "all", cross_origin(supports_credentials=True)(lambda: "2"))
    Garrison(app)
    assert get(app, SHOP, "/one")[CREDENTIALS] == "true"
    assert shared(get(app, EVIL, "/all")) == []


def test_a_blueprint_of_flask_cors(app: Flask) -> None:
    app = public(app)
    blueprint = Blueprint("v1", "v1", url_prefix="/v1")
    blueprint.add_url_rule("/x", "x", lambda: "x")
    CORS(blueprint, origins=[SHOP], supports_credentials=True)
    app.register_blueprint(blueprint)
    Garrison(app)
    assert get(app, SHOP, "/v1/x")[CREDENTIALS] == "true"


def test_the_session_survives_a_declared_origin(app: Flask) -> None:
    app.add_url_rule("/in", "in", lambda: session.setdefault("user_id", "ada"))
    Garrison(app, cors_credentialed_origins=[SHOP])
    client = app.test_client()
    client.get("/in", base_url=HERE, headers={"Origin": SHOP})
    assert client.get_cookie("__Host-session", "api.example") is not None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, "Origin"),
        ("Cookie", "Cookie, Origin"),
        ("origin, Cookie", "origin, Cookie"),
        ("*", "*"),
        ("X-Origin", "X-Origin, Origin"),
    ],
)
def test_vary_is_added_once(before: str | None, after: str) -> None:
    headers = Headers([("Vary", before)] if before else [])
    add_vary(headers, ("Origin",))
    assert headers.getlist("Vary") == [after]


def test_vary_in_two_headers_becomes_one() -> None:
    headers = Headers([("Vary", "Cookie"), ("Vary", "Accept")])
    add_vary(headers, ("Origin",))
    assert headers.getlist("Vary") == ["Cookie, Accept, Origin"]
