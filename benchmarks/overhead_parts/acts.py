"""Proof that each side's protection acts: what does nothing also costs nothing, and must not be compared.

A check takes a function that builds the side's application and yields what does not hold, in words.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

from flask import Flask

from .visitor import CROSS_SITE, NAVIGATION, Answer, Application, Visitor
from .workloads import FIELDS, log_in

Build = Callable[..., Flask]
Check = Callable[[Build], Iterator[str]]

_FORM = urlencode(FIELDS).encode()
_NONCE = re.compile(r"'nonce-([^']+)'")
_SECURE_HEADERS = ("Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy")
_TALISMAN_HEADERS = (*_SECURE_HEADERS, "Strict-Transport-Security")
_GARRISON_HEADERS = (
    *_SECURE_HEADERS,
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
)


def problems_of(side: str, build: Build) -> list[str]:
    """Return what does not hold for a side; an empty list lets it be measured. What is refused here is not logged."""
    logging.disable()
    try:
        return [problem for check in CHECKS[side] for problem in check(build)]
    finally:
        logging.disable(logging.NOTSET)


def is_bare(build: Build) -> Iterator[str]:
    """Bare Flask sends no policy and takes a post from any site: it is what the others are compared with."""
    app = build()
    if Visitor().get(app, "/page").header("Content-Security-Policy"):
        yield "Bare Flask sends a Content-Security-Policy: something guards it."
    if _cross_site_post(app).status != 303:
        yield "Bare Flask refuses a post from another site: something guards it."


def talisman_acts(build: Build) -> Iterator[str]:
    """Headers stand on a page, and plain HTTP is redirected."""
    app = build()
    yield from _missing(Visitor().get(app, "/page"), _TALISMAN_HEADERS, "a page")
    request = Visitor().prepare("GET", "/page")
    request.environ["wsgi.url_scheme"] = "http"
    if request.send(app).status != 302:
        yield "Plain HTTP is not redirected."


def wtf_acts(build: Build) -> Iterator[str]:
    """A post without a token is refused; with the token of a form it passes."""
    app, visitor = build(), Visitor()
    token = visitor.get(app, "/page").token()
    if visitor.post(app, "/profile", _FORM).status != 400:
        yield "A post without a token is not refused."
    if visitor.post(app, "/profile", _FORM + f"&csrf_token={token}".encode()).status != 303:
        yield "A post with the form's token is refused."


def limiter_acts(build: Build) -> Iterator[str]:
    """Under a limit of one request an hour, the second is refused."""
    app = build(limit="1 per hour")
    statuses = [Visitor().get(app, "/api").status for _ in range(2)]
    if statuses != [200, 429]:
        yield f"Under a limit of one request, two were answered {statuses}."


def login_acts(build: Build) -> Iterator[str]:
    """Flask-Login decides: a stranger does not see the account, a user does."""
    app, visitor = build(), Visitor()
    if not hasattr(app, "login_manager"):
        yield "There is no Flask-Login."
    if visitor.get(app, "/account").status != 401:
        yield "A stranger sees the account."
    log_in(app, visitor)
    if visitor.get(app, "/account").status != 200:
        yield "A user does not see the account."


def secure_acts(build: Build) -> Iterator[str]:
    """Headers stand on a page."""
    yield from _missing(Visitor().get(build(), "/page"), (*_SECURE_HEADERS, "Strict-Transport-Security"), "a page")


def garrison_headers_act(build: Build) -> Iterator[str]:
    """Headers stand on answers of every kind and status."""
    app, visitor = build(), Visitor()
    for path, status in (("/page", 200), ("/api", 200), ("/static/app.css", 200), ("/nowhere", 404), ("/login", 405)):
        answer = visitor.get(app, path)
        if answer.status != status:
            yield f"{path} was answered {answer.status} instead of {status}."
        yield from _missing(answer, _GARRISON_HEADERS, f"{path} ({status})")


def garrison_csrf_acts(build: Build) -> Iterator[str]:
    """A post from another site is refused; one without any origin needs the token of a form."""
    app = build()
    if _cross_site_post(app).status != 403:
        yield "A post from another site is not refused."
    if Visitor().post(app, "/profile", _FORM).status != 303:
        yield "A post from the site itself is refused."
    silent = Visitor().prepare("POST", "/profile", NAVIGATION, _FORM, "application/x-www-form-urlencoded")
    for key in ("HTTP_ORIGIN", "HTTP_REFERER", "HTTP_SEC_FETCH_SITE"):
        silent.environ.pop(key)
    if silent.send(app).status != 403:
        yield "A post that states no origin and carries no token is not refused."


def garrison_nonces_act(build: Build) -> Iterator[str]:
    """The page's script carries the nonce of its own policy, and each answer has another one."""
    app, visitor = build(), Visitor()
    seen: set[str] = set()
    for _ in range(2):
        answer = visitor.get(app, "/page")
        nonces = _NONCE.findall(answer.header("Content-Security-Policy"))
        seen.update(nonces)
        if len(nonces) != 1:
            yield f"The policy of a page names {len(nonces)} nonces."
        elif f'nonce="{nonces[0]}"'.encode() not in answer.body:
            yield "The script of a page does not carry the nonce of its policy."
    if len(seen) != 2:
        yield "Two answers share a nonce."


def garrison_session_acts(build: Build) -> Iterator[str]:
    """The session cookie is bound to the host and kept from scripts, and no cache stores a page of a user."""
    app, visitor = build(), Visitor()
    log_in(app, visitor)
    answer = visitor.get(app, "/account")
    session = next((cookie for cookie in answer.all("Set-Cookie") if "session=" in cookie.partition(";")[0]), "")
    if not session.startswith("__Host-"):
        yield "The session cookie is not bound to its host."
    attributes = {part.strip().lower() for part in session.split(";")}
    missing = {"secure", "httponly", "samesite=lax"} - attributes
    if missing:
        yield f"The session cookie lacks {', '.join(sorted(missing))}."
    if "no-store" not in answer.header("Cache-Control"):
        yield "A page of a user may be stored by caches."


def garrison_transport_acts(build: Build) -> Iterator[str]:
    """Plain HTTP is redirected, HTTPS is remembered, and a host that is not declared is refused."""
    app = build()
    plain = Visitor().prepare("GET", "/page")
    plain.environ["wsgi.url_scheme"] = "http"
    for key in [key for key in plain.environ if key.startswith("HTTP_SEC_FETCH")]:
        # Browsers send these over HTTPS only; with them the request would look like one behind a silent proxy.
        plain.environ.pop(key)
    if plain.send(app).status != 307:
        yield "Plain HTTP is not redirected."
    yield from _missing(Visitor().get(app, "/page"), ("Strict-Transport-Security",), "a page")
    foreign = Visitor().prepare("GET", "/page")
    foreign.environ["HTTP_HOST"] = "evil.example"
    if foreign.send(app).status != 400:
        yield "A host that is not declared is answered."


def garrison_inputs_act(build: Build) -> Iterator[str]:
    """A body above the limit, and a NUL in a query, are refused."""
    app = build()
    large = b"name=" + b"a" * 1_100_000
    if Visitor().post(app, "/profile", large).status != 413:
        yield "A form of more than a mebibyte is not refused."
    if Visitor().get(app, "/page?q=%00").status != 400:
        yield "A NUL in a query is not refused."


def _cross_site_post(app: Application) -> Answer:
    return Visitor().post(app, "/profile", _FORM, {**NAVIGATION, **CROSS_SITE})


def _missing(answer: Answer, names: tuple[str, ...], where: str) -> Iterator[str]:
    for name in names:
        if not answer.header(name):
            yield f"{name} is missing on {where}."


CHECKS: dict[str, tuple[Check, ...]] = {
    "bare": (is_bare,),
    "talisman": (talisman_acts,),
    "wtf": (wtf_acts,),
    "limiter": (limiter_acts,),
    "login": (login_acts,),
    "four": (talisman_acts, wtf_acts, limiter_acts, login_acts),
    "secure": (secure_acts,),
    "garrison": (
        garrison_headers_act,
        garrison_csrf_acts,
        garrison_nonces_act,
        garrison_session_acts,
        garrison_transport_acts,
        garrison_inputs_act,
        limiter_acts,
    ),
}
"""What must hold for each side by name."""
