"""Requests that a real Chromium sends from pages of other sites change nothing; those of the own site do."""

from __future__ import annotations

from collections.abc import Callable
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask, Response, jsonify, make_response, render_template_string, request, session

from flask_garrison import Garrison
from flask_garrison.guard.csrf_token import FIELD
from tests.support.server import Site
from tests.support.stranger import showing, stranger

if TYPE_CHECKING:
    from playwright.sync_api import Page

Serve = Callable[..., Site]
FORM = """<title>form</title>
<form method=post action=/email enctype="{{ request.args.get('enctype', '') }}">
  <input name=email value=own><input type=file name=file><button>save</button>
</form>"""
both = pytest.mark.parametrize("guarded", [False, True], ids=["bare", "guarded"])


class Shop:
    """An account with a stored e-mail address, and what happened to it."""

    def __init__(self, *, guarded: bool = True, same_site: str | None = None) -> None:
        self.email = "old"
        self.users: list[str | None] = []
        self.statuses: SimpleQueue[int] = SimpleQueue()
        self.app = app = Flask("shop")
        app.secret_key = "a key for tests only, long enough to sign with"
        app.config.update(SESSION_COOKIE_SAMESITE=same_site, SESSION_COOKIE_SECURE=same_site == "None")
        app.add_url_rule("/login", "login", self.login)
        app.add_url_rule("/form", "form", lambda: render_template_string(FORM))
        app.add_url_rule("/framed", "framed", lambda: "<iframe sandbox='allow-forms' src=/form></iframe>")
        app.add_url_rule("/email", "email", self.change, methods=["POST", "DELETE"])
        if guarded:
            Garrison(app, modes={"transport.https-only": "off"})

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Answer, and remember the status of what was answered at ``/email``."""

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            if environ["PATH_INFO"] == "/email":
                self.statuses.put(int(status[:3]))
            return start_response(status, headers, *rest)

        return self.app(environ, start)

    def login(self) -> str:
        session["user_id"] = "ada"
        return "welcome"

    def change(self) -> Response:
        self.users.append(session.get("user_id"))
        if request.method == "DELETE":
            self.email = "gone"
        else:
            self.email = request.form.get("email") or (request.get_json(force=True, silent=True) or {}).get("email")
        file = request.files.get("file")
        return make_response(jsonify(email=self.email, file=file.read().decode() if file else None))


def attack(page: Page, shop: Shop, origin: str, html: str) -> int:
    """Show the attacker's page at ``origin`` and return the status of the answer to what it sends."""
    page.context.new_page().goto(showing(origin, html), wait_until="commit")
    return shop.statuses.get(timeout=20)


def submitting(action: str, fields: str = "<input name=email value=evil>", **attributes: str) -> str:
    """Return a form that sends itself."""
    rest = " ".join(f'{name}="{value}"' for name, value in attributes.items())
    return f'<form method=post action="{action}" {rest}>{fields}</form><script>document.forms[0].submit()</script>'


SITES = {
    "https, SameSite=None": (True, "127.0.0.1", "localhost", "None"),
    "https, no SameSite": (True, "127.0.0.1", "localhost", None),
    "https, another host of the same site": (True, "shop.test", "blog.shop.test", "Lax"),
    "http on loopback": (False, "127.0.0.1", "localhost", None),
    "http without Sec-Fetch": (False, "shop.test", "evil.test", None),
    "http, another host of the same site": (False, "shop.test", "blog.shop.test", "Lax"),
    "http, another port": (False, "shop.test", "shop.test", "Lax"),
}


@pytest.mark.parametrize(("ssl", "own", "other", "same_site"), SITES.values(), ids=SITES.keys())
@both
def test_a_form_of_another_origin_changes_nothing(
    page: Page, serve: Serve, ssl: bool, own: str, other: str, same_site: str | None, guarded: bool
) -> None:
    """The attack works on the bare app, with the visitor's session."""
    shop = Shop(guarded=guarded, same_site=same_site)
    site, evil = serve(shop, ssl=ssl).on(own), serve(stranger(), ssl=ssl).on(other)
    page.goto(site + "/login")
    status = attack(page, shop, evil, submitting(site + "/email"))
    if guarded:
        assert (status, shop.email, shop.users) == (403, "old", [])
    else:
        assert (status, shop.email, shop.users) == (200, "evil", ["ada"])


JSON_AS_TEXT = '<input name=\'{"email": "evil", "x": "\' value=\'"}\'>'
DISGUISES = {
    "json as text/plain": lambda site: submitting(site + "/email", JSON_AS_TEXT, enctype="text/plain"),
    "multipart": lambda site: submitting(site + "/email", enctype="multipart/form-data"),
    "no referrer": lambda site: (
        "<meta name=referrer content=no-referrer>" + submitting(site + "/email", rel="noreferrer")
    ),
    "fetch without cors": lambda site: (
        f"<script>fetch('{site}/email', {{method: 'POST', mode: 'no-cors', credentials: 'include',"
        " body: new URLSearchParams({email: 'evil'})})</script>"
    ),
    "beacon": lambda site: (
        f"<script>navigator.sendBeacon('{site}/email', new URLSearchParams({{email: 'evil'}}))</script>"
    ),
    "sandboxed frame": lambda site: (
        "<iframe sandbox='allow-forms allow-scripts' srcdoc='"
        + submitting(site + "/email").replace("'", '"')
        + "'></iframe>"
    ),
}


@pytest.mark.parametrize("ssl", [True, False], ids=["https", "http"])
@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES.keys())
def test_no_disguise_helps(page: Page, serve: Serve, disguise: Callable[[str], str], ssl: bool) -> None:
    evil = serve(stranger(), ssl=ssl).on("evil.test")
    for guarded, expected in ((False, (200, "evil")), (True, (403, "old"))):
        shop = Shop(guarded=guarded, same_site="None" if ssl else None)
        site = serve(shop, ssl=ssl).on("shop.test")
        page.goto(site + "/login")
        assert (attack(page, shop, evil, disguise(site)), shop.email) == expected


def test_delete_from_another_origin_does_not_arrive(page: Page, serve: Serve) -> None:
    shop = Shop(same_site="None")
    site, evil = serve(shop, ssl=True), serve(stranger(), ssl=True).on("localhost")
    page.goto(site + "/login")
    page.goto(showing(evil, ""))
    fetch = "async url => { try { return (await fetch(url, {method: 'DELETE'})).status } catch (e) { return e.name } }"
    assert page.evaluate(fetch, site + "/email") == "TypeError"
    assert (shop.email, shop.users) == ("old", [])


# The own site

OWN = {"https": (True, "127.0.0.1"), "http on loopback": (False, "127.0.0.1"), "http": (False, "shop.test")}
own_sites = pytest.mark.parametrize(("ssl", "host"), OWN.values(), ids=OWN.keys())


@own_sites
@pytest.mark.parametrize("enctype", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_the_sites_own_form_works(page: Page, serve: Serve, ssl: bool, host: str, enctype: str) -> None:
    """A token field stands in the page only where Chromium states nothing with its requests: HTTP off loopback."""
    shop = Shop()
    site = serve(shop, ssl=ssl).on(host)
    page.goto(site + "/login")
    page.goto(f"{site}/form?enctype={enctype}")
    assert page.locator(f"input[name={FIELD}]").count() == (host == "shop.test")
    if enctype == "multipart/form-data":
        page.set_input_files("[name=file]", {"name": "a.txt", "mimeType": "text/plain", "buffer": b"content"})
    with page.expect_navigation() as answer:
        page.click("button")
    assert answer.value.json() == {"email": "own", "file": "content" if enctype.startswith("multipart") else None}
    assert shop.users == ["ada"]


@own_sites
def test_the_sites_own_scripts_work(page: Page, serve: Serve, ssl: bool, host: str) -> None:
    shop = Shop()
    site = serve(shop, ssl=ssl).on(host)
    page.goto(site + "/form")
    send = "async options => (await fetch('/email', options)).status"
    json = {"method": "POST", "body": '{"email": "json"}', "headers": {"Content-Type": "application/json"}}
    assert (page.evaluate(send, json), shop.statuses.get(timeout=20), shop.email) == (200, 200, "json")
    assert page.evaluate("navigator.sendBeacon('/email', new URLSearchParams({email: 'beacon'}))")
    assert (shop.statuses.get(timeout=20), shop.email) == (200, "beacon")
    assert (page.evaluate(send, {"method": "DELETE"}), shop.email) == (200, "gone")


def test_the_own_form_in_a_sandboxed_frame_is_refused(page: Page, serve: Serve) -> None:
    """Its origin is ``null`` there: Chromium calls it cross-site, and over HTTP leaves out the session's cookie."""
    for ssl in (True, False):
        shop = Shop()
        page.goto(serve(shop, ssl=ssl).on("shop.test") + "/framed")
        with page.expect_response("**/email") as answer:
            page.frames[1].click("button")
        assert (answer.value.status, shop.email) == (403, "old")


def test_a_form_on_a_page_without_referrer_works_by_its_token(page: Page, serve: Serve) -> None:
    """An app that sends ``no-referrer`` itself makes its own forms send ``Origin: null``."""
    shop = Shop()
    shop.app.after_request(lambda response: response.headers.set("Referrer-Policy", "no-referrer") or response)
    origins: list[str | None] = []
    shop.app.before_request(lambda: origins.append(request.headers.get("Origin")))
    for ssl in (True, False):
        page.goto(serve(shop, ssl=ssl).on("shop.test") + "/form")
        shop.email = "old"
        with page.expect_navigation() as answer:
            page.click("button")
        assert (answer.value.status, shop.email) == (200, "own")
    assert [one for one in origins if one is not None] == ["null", "null"]
