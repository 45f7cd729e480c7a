"""The cookies that answers set, and which of them let their holder be somebody."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import NamedTuple

from flask import Flask
from werkzeug.http import parse_date

from ...guard.cookies import Cookie, parse
from ...target.answers import Answer
from ..observed import Observed

_IDENTITY = re.compile(
    r"(?:\A|[_.-]|(?-i:(?<=[a-z])(?=[A-Z])))(?:sess(?:ion)?(?:_?id)?|sid|auth(?:entication|orization)?|jwt|"
    r"(?:access|refresh|auth|id|remember|login|api)_?token|remember(?:_?me)?)(?:\Z|[_.-]|(?-i:(?<=[a-z])(?=[A-Z])))",
    re.IGNORECASE,
)
_FOR_SCRIPTS = re.compile(r"csrf|xsrf", re.IGNORECASE)
_SETTINGS = ("SESSION_COOKIE_NAME", "REMEMBER_COOKIE_NAME", "JWT_ACCESS_COOKIE_NAME", "JWT_REFRESH_COOKIE_NAME")


class Setting(NamedTuple):
    """One cookie with the answer that sets it."""

    cookie: Cookie
    answer: Answer


def cookies_of(answer: Answer) -> tuple[Cookie, ...]:
    """Return the cookies that an answer sets or deletes, as a browser reads them."""
    return tuple(parse(value) for value in answer.headers.getlist("Set-Cookie"))


def cookies_set(observed: Observed) -> dict[str, list[Setting]]:
    """Return every cookie that some answer sets, by name; deletions need no protection."""
    found: dict[str, list[Setting]] = {}
    for answer in observed.answers:
        for cookie in cookies_of(answer):
            if not cookie.is_deletion:
                found.setdefault(cookie.name, []).append(Setting(cookie, answer))
    return found


def is_identity(app: Flask, name: str) -> bool:
    """Return whether whoever holds the cookie is taken for its user: a session, a login, a token; not a CSRF token."""
    bare = name.removeprefix("__Host-").removeprefix("__Secure-")
    declared = {str(app.config.get(setting, "")) for setting in _SETTINGS} | {"remember_token"}
    if name in declared or bare in declared:
        return True
    return _IDENTITY.search(bare) is not None and not _FOR_SCRIPTS.search(bare)


def lifetime(setting: Setting) -> float | None:
    """Return for how many seconds the browser keeps the cookie, or ``None`` for as long as it is open."""
    age = setting.cookie.attributes.get("max-age", "")
    if age.lstrip("-").isdecimal() and len(age) < 15:
        return int(age)
    expires = parse_date(setting.cookie.attributes.get("expires"))
    sent = parse_date(setting.answer.headers.get("Date"))
    if expires is None:
        return None
    return expires.timestamp() - (sent.timestamp() if sent else time.time())


def rejections(setting: Setting) -> Iterator[str]:
    """Yield why a browser will not store the cookie (RFC 6265bis, section 5.7; CHIPS)."""
    name, attributes = setting.cookie.name, setting.cookie.attributes
    secure = "secure" in attributes
    if secure and not setting.answer.is_secure:
        yield "Secure, in an answer that came in the clear"
    if name.startswith(("__Host-", "__Secure-")) and not secure:
        yield "its name asks for Secure"
    if name.startswith("__Host-") and ("domain" in attributes or attributes.get("path") != "/"):
        yield "a __Host- cookie needs Path=/ and no Domain"
    if attributes.get("samesite", "").lower() == "none" and not secure:
        yield "SameSite=None needs Secure"
    if "partitioned" in attributes and not secure:
        yield "Partitioned needs Secure"
