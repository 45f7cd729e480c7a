"""What a real Chromium keeps in its jar, and what it lets pages of other origins read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask, Response, jsonify, request, session

from flask_garrison import Garrison, Policy
from tests.support.server import Site

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

Serve = Callable[..., Site]
NEW, OLD = "__Host-session", "session"


def shop(policy: Policy | None = None, *, guarded: bool = True) -> Flask:
    """Make an app with a login and a stored value."""
    app = Flask("shop")
    app.secret_key = "the same key before and after the upgrade"
    stored = {"value": "old"}

    @app.get("/in")
    def log_in() -> str:
        session["user_id"] = request.args.get("as", "ada")
        return "welcome"

    @app.get("/out")
    def log_out() -> str:
        session.clear()
        return "bye"

    @app.put("/me")
    def change() -> Response:
        stored["value"] = request.json["value"]
        return jsonify(stored)

    app.add_url_rule("/", "index", lambda: "<p>page</p>")
    app.add_url_rule("/me", "me", lambda: jsonify(user=session.get("user_id"), **stored))
    if guarded:
        Garrison(app, policy)
    return app


def jar(context: BrowserContext) -> dict[str, Any]:
    """Return the browser's cookies by name."""
    return {str(cookie["name"]): cookie for cookie in context.cookies()}


def user(page: Page, site: str) -> str | None:
    """Visit the site and return whom it sees."""
    answer = page.goto(f"{site}/me")
    assert answer is not None
    name: str | None = answer.json()["user"]
    return name


def test_the_jar_over_https(page: Page, serve: Serve) -> None:
    site = serve(shop(), ssl=True)
    page.goto(site + "/in")
    cookies = jar(page.context)
    assert set(cookies) == {NEW}
    cookie = cookies[NEW]
    assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, True, "Lax", "/")
    assert user(page, site) == "ada"
    assert page.evaluate("document.cookie") == ""


def test_a_login_survives_the_upgrade_and_logout_deletes_both(page: Page, serve: Serve) -> None:
    """Cookies do not know ports, so the second server stands for the same site after the upgrade."""
    page.goto(serve(shop(guarded=False), ssl=True) + "/in")
    old = page.context.cookies()
    assert set(jar(page.context)) == {OLD}
    site = serve(shop(), ssl=True)
    assert user(page, site) == "ada"
    assert set(jar(page.context)) == {NEW}
    page.goto(site + "/out")
    assert set(jar(page.context)).isdisjoint({NEW, OLD})
    assert user(page, site) is None
    page.context.add_cookies(old)  # type: ignore[arg-type]
    assert user(page, site) is None


def test_a_login_survives_a_rolling_deployment(page: Page, serve: Serve) -> None:
    before = serve(shop(guarded=False), ssl=True)
    rolling = serve(shop(Policy(session_cookie="read_new")), ssl=True)
    after = serve(shop(), ssl=True)
    page.goto(before + "/in")
    for site in (rolling, before, rolling, after, rolling, after):
        assert user(page, site) == "ada"
    assert set(jar(page.context)) == {NEW}


@pytest.mark.parametrize("guarded", [False, True], ids=["bare", "guarded"])
def test_a_sibling_host_cannot_swap_the_session(page: Page, serve: Serve, guarded: bool) -> None:
    """The attack works on the bare app: a cookie for the whole domain takes the visitor's place."""
    app = shop(guarded=guarded)
    server = serve(app, ssl=True)
    site, sibling = server.on("shop.test"), server.on("evil.shop.test")
    page.goto(site + "/in?as=ada")
    name = NEW if guarded else OLD
    attacker = app.test_client()
    attacker.get("/in?as=mallory", base_url="https://localhost")
    cookie = attacker.get_cookie(name, "localhost")
    assert cookie is not None
    page.goto(sibling + "/")
    page.evaluate(
        "value => { for (const name of ['session', '__Host-session'])"
        " document.cookie = `${name}=${value}; Domain=shop.test; Path=/me; Secure` }",
        cookie.value,
    )
    assert user(page, site) == ("ada" if guarded else "mallory")


READ = """async ([url, options]) => {
  try { return await (await fetch(url, {credentials: "include", ...options})).text() }
  catch (error) { return error.name }
}"""


def fetched(page: Page, origin: str, url: str, **options: Any) -> str:
    """Let a page of ``origin`` fetch ``url`` with the visitor's cookies and return what it can read."""
    page.goto(origin + "/")
    text: str = page.evaluate(READ, [url, options])
    return text


def test_only_a_declared_origin_reads_and_writes(page: Page, serve: Serve) -> None:
    friend, stranger = (serve(shop(guarded=False), ssl=True) for _ in range(2))
    api = serve(shop(Policy(cors_credentialed_origins=[str(friend)])), ssl=True)
    page.goto(api + "/in")
    assert '"user":"ada"' in fetched(page, friend, api + "/me")
    assert fetched(page, stranger, api + "/me") == "TypeError"
    write = {"method": "PUT", "headers": {"Content-Type": "application/json"}}
    assert fetched(page, stranger, api + "/me", body='{"value": "stranger"}', **write) == "TypeError"
    assert '"value":"old"' in fetched(page, friend, api + "/me")
    assert '"value":"new"' in fetched(page, friend, api + "/me", body='{"value": "new"}', **write)


@pytest.mark.parametrize("guarded", [False, True], ids=["bare", "guarded"])
def test_an_app_that_reflects_every_origin(page: Page, serve: Serve, guarded: bool) -> None:
    """The attack works on the bare app: any page reads what its visitor sees."""
    app = shop(guarded=False)

    @app.after_request
    def reflect(response: Response) -> Response:
        if "Origin" in request.headers:
            response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
            response.headers["Access-Control-Allow-Credentials"] = "true"
        return response

    if guarded:
        Garrison(app)
    stranger, api = serve(shop(guarded=False), ssl=True), serve(app, ssl=True)
    page.goto(api + "/in")
    seen = fetched(page, stranger, api + "/me")
    assert (seen == "TypeError") if guarded else ('"user":"ada"' in seen)
