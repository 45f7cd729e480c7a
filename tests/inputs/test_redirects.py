"""Redirects stay on the site, as Chromium resolves them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from flask import Flask, request
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import Client, TestResponse

from flask_garrison import Garrison, Policy, PolicyError
from flask_garrison.events import SecurityEvent
from flask_garrison.inputs import safe_redirect
from tests.inputs.test_urls import TRICKS

if TYPE_CHECKING:
    from playwright.sync_api import Page

Events = Callable[[], list[SecurityEvent]]
HERE = "https://shop.example"
EVIL = (
    "https://evil.example",
    "http://shop.example/",
    "https://shop.example:444/",
    "https://shop.example.evil.example",
    "https://shop.example@evil.example/",
    "https://evil.example#@shop.example",
    "https://evil.example\\.shop.example",
    "https://evil.example%2f.shop.example",
    "https://www.shop.example",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "\x00//evil.example",
    "\xa0//evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "HTTPS:evil.example",
    "http:evil.example",
    "//\u3002evil.example",
    "https://evil\u3002example",
    "/\r\nSet-Cookie: x=y",
    "/\r\nLocation: https://evil.example",
    "evil.example",
    "evil",
    ".evil.example",
    "/a\udc80",
)
KEPT = (
    "/",
    "/account",
    "/a/b?next=//evil.example",
    "/a?b=https://evil.example#c",
    "/@evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/%09/evil.example",
    "/%2fevil.example",
    "/%5cevil.example",
    "/%0d%0aSet-Cookie:x=y",
    "/\uff0fevil.example",
    "/\u2044evil.example",
    "/;//evil.example",
    "/a b",
    "/ /evil.example",
    "/caf\u00e9",
    "/100%",
    "?page=2",
    "?//evil.example",
    "#//evil.example",
    "https://shop.example/account",
    "HTTPS://SHOP.example:443/x",
)


def shop(policy: Policy | None = None, *, guarded: bool = True, **options: Any) -> Flask:
    app = Flask("shop")
    app.secret_key = "a key for tests only, long enough to sign with"
    app.add_url_rule("/go", "go", lambda: safe_redirect(request.args.get("next"), fallback="/home", **options))
    if guarded:
        Garrison(app, policy)
    return app


def go(app: Flask, target: str, here: str = HERE) -> TestResponse:
    return Client(app).get(f"/go?next={quote(target, errors='surrogatepass')}", base_url=here)


def sent_to(app: Flask, target: str) -> str:
    """Return the Location header for a target, which need not fit into a query."""
    with app.test_request_context("/go", base_url=HERE):
        answer = safe_redirect(target, fallback="/home")
        return dict(answer.get_wsgi_headers(request.environ))["Location"]


APP = shop(guarded=False)


@pytest.mark.parametrize("target", [*EVIL, *(one for one in TRICKS if one)])
def test_elsewhere_becomes_the_fallback(target: str) -> None:
    assert sent_to(APP, target) == "/home"


@pytest.mark.parametrize("target", KEPT)
def test_the_own_pages_are_kept(target: str) -> None:
    assert sent_to(APP, target) != "/home"


def test_the_fallback_comes_with_an_event(seen: Events) -> None:
    answer = go(shop(), "//evil.example/x")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/home")
    (event,) = [one for one in seen() if one.control == "access.redirects"]
    assert (event.event, event.outcome, event.status) == ("input_validation_fail:redirect", "refused", 303)
    assert event.detail["target"] == "//evil.example/x"
    assert event.appsensor == "IE2"


@pytest.mark.parametrize("path", ["/go", "/go?next="])
def test_no_target_is_no_event(seen: Events, path: str) -> None:
    answer = Client(shop()).get(path, base_url=HERE)
    assert answer.headers["Location"] == "/home"
    assert not [one for one in seen() if one.control == "access.redirects"]


@pytest.mark.parametrize("target", ["/account?x=1", "https://shop.example/account"])
def test_an_honest_redirect_is_no_event(seen: Events, target: str) -> None:
    answer = go(shop(), target)
    assert (answer.status_code, answer.headers["Location"]) == (303, target)
    assert not [one for one in seen() if one.control == "access.redirects"]


def test_origins_can_be_allowed() -> None:
    app = shop(allow=["https://pay.example", "https://bank.example:8443"])
    for target in ("https://pay.example/x", "https://pay.example:443/", "https://bank.example:8443/y"):
        assert go(app, target).headers["Location"] == target
    for target in ("http://pay.example/x", "https://bank.example/y", "https://x.pay.example/", "https://pay.example."):
        assert go(app, target).headers["Location"] == "/home"


def test_the_hosts_of_the_policy_are_the_apps_own() -> None:
    app = shop(Policy(hosts=("shop.example", ".shop.test")))
    for target in ("https://shop.test/x", "https://a.shop.test/"):
        assert go(app, target).headers["Location"] == target
    for target in (
        "https://a.shop.example/",
        "https://evilshop.test",
        "https://a.shop.test:8000/",
        "http://shop.test/",
    ):
        assert go(app, target).headers["Location"] == "/home"


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_the_code_is_the_callers(code: int) -> None:
    assert go(shop(code=code), "/x").status_code == code


@pytest.mark.parametrize("options", [{"code": 200}, {"allow": ["pay.example"]}, {"allow": ["https://pay.example/x"]}])
def test_a_wrong_declaration_is_an_error(options: dict[str, Any]) -> None:
    with APP.test_request_context("/go"), pytest.raises(PolicyError):
        safe_redirect("/x", fallback="/", **options)


def test_it_works_without_garrison() -> None:
    app = shop(guarded=False)
    assert go(app, "//evil.example").headers["Location"] == "/home"
    assert go(app, "/x").headers["Location"] == "/x"


PARTS = ("/", "\\", "\t", "\n", "\r", " ", "\0", ".", "..", ":", "@", "?", "#", "%2f", "%5c", "%09", "%0a", ";", "//")
WORDS = ("https:", "http:", "HTTPS:", "javascript:", "data:", "evil.example", "shop.example", "x", "\u3002", "\uff0f")


def drawn(count: int) -> list[str]:
    """Return targets made of the pieces that readers of addresses stumble over."""
    made: set[str] = set()

    @settings(max_examples=count, database=None, derandomize=True)
    @given(st.lists(st.sampled_from(PARTS + WORDS), min_size=1, max_size=6).map("".join))
    def draw(target: str) -> None:
        made.add(target)

    draw()
    return sorted(made)


def test_nothing_that_is_accepted_leaves_the_origin_in_chromium(page: Page) -> None:
    targets = [*EVIL[:-1], *KEPT, *(one for one in TRICKS if "\udc80" not in one), *drawn(1_500)]
    locations = {target: sent_to(APP, target) for target in targets}
    accepted = {target: location for target, location in locations.items() if location != "/home"}
    resolve = "([all, base]) => all.map(one => new URL(one, base).origin)"
    origins = page.evaluate(resolve, [[*accepted, *accepted.values()], f"{HERE}/login/form?next=x"])
    assert set(origins) == {HERE}
    assert len(accepted) >= len(KEPT)


def test_chromium_does_leave_for_what_is_refused(page: Page) -> None:
    resolve = "([all, base]) => all.filter(one => new URL(one, base).origin !== base).length"
    tricks = ["//evil.example", "/\\evil.example", "/\t/evil.example", "\t//evil.example", "http:evil.example"]
    assert page.evaluate(resolve, [tricks, HERE]) == len(tricks)
