"""The session cookie is kept from scripts, from plain HTTP and from other sites' requests."""

from __future__ import annotations

from collections.abc import Iterator

from ..hole import Hole
from ..subject import Subject

CONTROL = "headers.cookies"
_ATTRIBUTES = ("Secure", "HttpOnly", "SameSite")


def prove(subject: Subject) -> Iterator[Hole]:
    """Start a session over HTTPS and look at the cookie; an application without a key has no session."""
    page = subject.first_page()
    if page is None or not subject.app.secret_key:
        return
    rule, path = page
    subject.behaviour = "session"
    response = subject.ask(path)
    subject.behaviour = "page"
    for cookie in response.headers.getlist("Set-Cookie"):
        attributes = {part.strip().partition("=")[0].lower(): part.strip() for part in cookie.split(";")[1:]}
        for name in _ATTRIBUTES:
            if name.lower() not in attributes or attributes[name.lower()].lower() == "samesite=none":
                what = f"the cookie {cookie.partition('=')[0]} has no {name} that protects it"
                yield Hole(CONTROL, f"GET {rule.rule}", what, f"modes={{'{CONTROL}': 'enforce'}}")
