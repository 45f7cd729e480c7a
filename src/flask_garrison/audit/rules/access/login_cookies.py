"""The cookie with which Flask-Login remembers users: who can read it, and for how long it logs them in."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from ....findings import Confidence, Severity
from ...facts.layers import layers, plain, words_of
from ...inspected import Inspected
from ...rule import Match, Rule, checks

LONGEST = timedelta(days=90)
_WORDS = frozenset({"remember", "remember_me"})

IN_THE_CLEAR = Rule(
    id="access.remember-cookie-in-the-clear",
    kind="runtime",
    control="access.session-cookie",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(614,),
    asvs=("V3.3.1",),
    title="The cookie that remembers users is sent over plain HTTP too",
    why="Flask-Login sets remember_token without Secure unless told otherwise, whatever the session cookie has. One "
    "request without TLS shows it to everybody on the way, and it logs its bearer in without a password.",
    fix="Set REMEMBER_COOKIE_SECURE.",
    before='app.config["SESSION_COOKIE_SECURE"] = True',
    after='app.config["SESSION_COOKIE_SECURE"] = True\napp.config["REMEMBER_COOKIE_SECURE"] = True',
    guard="It adds Secure to every cookie of an answer over HTTPS.",
    language="python",
    items=(79,),
)

READABLE = Rule(
    id="access.remember-cookie-readable",
    kind="runtime",
    control="access.session-cookie",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(1004, 1275),
    asvs=("V3.3.2", "V3.3.4"),
    title="Scripts or other sites can use the cookie that remembers users",
    why="A cookie without HttpOnly is given to any script that gets into a page. SameSite=None sends it with requests "
    "that other sites make. Either gives away a login that needs no password.",
    fix="Keep REMEMBER_COOKIE_HTTPONLY on and set REMEMBER_COOKIE_SAMESITE to Lax.",
    before='app.config["REMEMBER_COOKIE_HTTPONLY"] = False',
    after='app.config["REMEMBER_COOKIE_HTTPONLY"] = True\napp.config["REMEMBER_COOKIE_SAMESITE"] = "Lax"',
    guard="It completes the flags of this cookie as of every other.",
    language="python",
    items=(79,),
)

TOO_LONG = Rule(
    id="access.remember-cookie-too-long",
    kind="runtime",
    control="access.session-lifetimes",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(613,),
    asvs=("V7.3.2",),
    title="The cookie that remembers users is good for months",
    why="Flask-Login's default is a year. The cookie is the user's id with a signature: it cannot be taken back, and "
    "whoever copied it from a lost or shared machine is that user until it ends.",
    fix="Choose a time after which a password may be asked for again.",
    before="login_user(user, remember=True)",
    after='app.config["REMEMBER_COOKIE_DURATION"] = timedelta(days=14)',
    guard="Its session times do not reach this cookie.",
    language="python",
    items=(79,),
)


def _remembers(inspected: Inspected) -> bool:
    """Return whether the cookie can be set: a view that logs in mentions it, or Flask-Security is there."""
    if not hasattr(inspected.app, "login_manager"):
        return False
    if inspected.extension("security") is not None or "REMEMBER_COOKIE_DURATION" in inspected.config:
        return True
    return any(_is_remembering(layer) for route in inspected.routes for layer in layers(route.view))


def _is_remembering(function: Any) -> bool:
    return not _WORDS.isdisjoint(words_of(function)) and not _says_no(function)


def _says_no(function: Any) -> bool:
    """Return whether a function says nothing of it but ``remember=False``."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(plain(function))))
    except (OSError, TypeError, SyntaxError):
        return False
    nodes = list(ast.walk(tree))
    said = [node.value for node in nodes if isinstance(node, ast.keyword) and node.arg in _WORDS]
    refused = all(isinstance(value, ast.Constant) and value.value is False for value in said)
    return bool(said) and refused and not any(_named_in(node) in _WORDS for node in nodes)


def _named_in(node: ast.AST) -> object:
    """Return the word that a name, an attribute or a text is."""
    found = (getattr(node, field, None) for field in ("id", "attr", "name", "value", "arg"))
    return None if isinstance(node, ast.keyword) else next((word for word in found if isinstance(word, str)), None)


@checks(IN_THE_CLEAR, reads="app", needs=_remembers)
def in_the_clear(inspected: Inspected) -> Iterator[Match]:
    """Find the cookie without Secure where nothing adds it."""
    if not inspected.enforces("headers.cookies") and not inspected.config.get("REMEMBER_COOKIE_SECURE"):
        yield Match("REMEMBER_COOKIE_SECURE is off")


@checks(READABLE, reads="app", needs=_remembers)
def readable(inspected: Inspected) -> Iterator[Match]:
    """Find the cookie without HttpOnly, or with SameSite=None."""
    if inspected.enforces("headers.cookies"):
        return
    if not inspected.config.get("REMEMBER_COOKIE_HTTPONLY", True):
        yield Match("REMEMBER_COOKIE_HTTPONLY is off")
    if str(inspected.config.get("REMEMBER_COOKIE_SAMESITE")).lower() == "none" and inspected.config.get(
        "REMEMBER_COOKIE_SAMESITE"
    ):
        yield Match("REMEMBER_COOKIE_SAMESITE is None: other sites' requests carry it")


@checks(TOO_LONG, reads="app", needs=_remembers)
def too_long(inspected: Inspected) -> Iterator[Match]:
    """Find a time that is longer than a quarter of a year."""
    duration = inspected.config.get("REMEMBER_COOKIE_DURATION", timedelta(days=365))
    length = duration if isinstance(duration, timedelta) else timedelta(seconds=duration)
    if length > LONGEST:
        yield Match(f"REMEMBER_COOKIE_DURATION is {length.days} days")
