"""Whose word an application takes for the address, scheme and host of a client."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ....findings import Confidence, Evidence, Severity
from ....guard.hosts import declared_hosts
from ....policy import Policy
from ...facts.wsgi_chain import is_from, middlewares, name_of, uses
from ...inspected import Inspected
from ...rule import Match, Rule, checks

MANY = 2
COUNTS = ("x_for", "x_proto", "x_host", "x_port", "x_prefix")

UNVERIFIED = Rule(
    id="transport.proxy-count",
    kind="runtime",
    control="transport.proxy-trust",
    severity=Severity.INFO,
    confidence=Confidence.MEDIUM,
    cwe=(290, 348),
    asvs=("V4.1.3", "V15.3.4"),
    title="ProxyFix believes a number of proxies that only its operator can confirm",
    why="ProxyFix takes the entry that the outermost counted proxy wrote. With one proxy fewer than counted, or with "
    "a server that can be reached past its proxy, that entry is the client's own: it chooses its address, and every "
    "limit and log follows.",
    fix="Compare each number with the proxies that really stand in front, and let the server listen where only they "
    "reach it.",
    before="app.wsgi_app = ProxyFix(app.wsgi_app, x_for=3)",
    after="app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1)",
    guard="It leaves the application's ProxyFix alone. With proxies=... in its place it notices a number that cannot "
    "be right, and emits an event.",
    language="python",
    lesson="transport-trust-the-proxy",
    items=(39,),
)

FORWARDED_HOST = Rule(
    id="transport.forwarded-host",
    kind="runtime",
    control="transport.proxy-trust",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    cwe=(348, 640),
    asvs=("V4.1.3", "V6.4.3"),
    title="The host name is taken from a forwarded header and compared with nothing",
    why="Most proxies pass X-Forwarded-Host on as the client wrote it. Links in mails are then made under a name of "
    "the attacker's choice, password resets included.",
    fix="Leave x_host at 0 where the proxy keeps Host, and declare the names that the application answers to.",
    before="app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)",
    after="app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)\n"
    'app.config["TRUSTED_HOSTS"] = ["www.shop.example"]',
    guard="With hosts=[...] it refuses every other name, wherever it came from.",
    language="python",
    lesson="transport-trust-the-proxy",
    items=(39, 41),
)

UNEQUAL = Rule(
    id="transport.proxy-counts-differ",
    kind="runtime",
    control="transport.proxy-trust",
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    cwe=(348,),
    asvs=("V4.1.3",),
    title="ProxyFix counts different numbers of proxies for different headers",
    why="A request passes the same proxies for its address as for its scheme. Where the numbers differ one of them is "
    "wrong, unless a proxy in the chain sets only some of the headers.",
    fix="Use one number, and 0 for headers that no proxy sets.",
    before="app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=2)",
    after="app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)",
    guard="It leaves the application's ProxyFix alone.",
    language="python",
    lesson="transport-trust-the-proxy",
    items=(39,),
)

BY_HAND = Rule(
    id="transport.forwarded-by-hand",
    kind="runtime",
    control="transport.proxy-trust",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    cwe=(290, 348),
    asvs=("V4.1.3", "V15.3.4"),
    title="Middleware of the project believes forwarded headers from everybody",
    why="It copies what a header says into the request and does not count proxies. A client that reaches the "
    "application past the proxy, or whose header the proxy passes on, chooses its address, scheme, host or path.",
    fix="Use Werkzeug's ProxyFix with the real numbers in its place.",
    before="app.wsgi_app = ReverseProxied(app.wsgi_app)",
    after="app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_prefix=1)",
    guard="It works behind the middleware, on what that made of the request.",
    language="python",
    lesson="transport-trust-the-proxy",
    items=(39, 40),
)

_HEADERS = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_PREFIX",
    "HTTP_X_FORWARDED_SERVER",
    "HTTP_X_REAL_IP",
    "HTTP_X_SCRIPT_NAME",
    "HTTP_X_SCHEME",
)
_WRITTEN = ("REMOTE_ADDR", "HTTP_HOST", "wsgi.url_scheme", "SCRIPT_NAME")


def fixes(inspected: Inspected) -> list[Any]:
    """Return every ProxyFix around the application."""
    return [one for one in middlewares(inspected.app) if name_of(one) == "ProxyFix" and is_from(one, "werkzeug")]


def _has_fixes(inspected: Inspected) -> bool:
    return bool(fixes(inspected))


def _numbers(fix: Any) -> dict[str, int]:
    return {name: getattr(fix, name) for name in COUNTS if getattr(fix, name)}


@checks(UNVERIFIED, reads="app", needs=_has_fixes)
def unverified(inspected: Inspected) -> Iterator[Match]:
    """Name the numbers; more than two proxies are rare."""
    for fix in fixes(inspected):
        numbers = _numbers(fix)
        shown = ", ".join(f"{name}={number}" for name, number in numbers.items()) or "nothing"
        severity = Severity.LOW if any(number > MANY for number in numbers.values()) else None
        evidence = (Evidence("config", f"ProxyFix({shown})"),)
        yield Match(f"ProxyFix believes {shown}", severity=severity, subject="ProxyFix", evidence=evidence)


@checks(FORWARDED_HOST, reads="app", needs=_has_fixes)
def forwarded_host(inspected: Inspected) -> Iterator[Match]:
    """Find ``x_host`` without a list of names."""
    declared = declared_hosts(inspected.app, inspected.policy or Policy())
    for fix in fixes(inspected):
        if fix.x_host and not declared:
            yield Match(f"ProxyFix has x_host={fix.x_host} and no host name is declared")


@checks(UNEQUAL, reads="app", needs=_has_fixes)
def unequal(inspected: Inspected) -> Iterator[Match]:
    """Compare the numbers that are not 0."""
    for fix in fixes(inspected):
        numbers = _numbers(fix)
        if len(set(numbers.values())) > 1:
            yield Match("ProxyFix has " + ", ".join(f"{name}={number}" for name, number in numbers.items()))


@checks(BY_HAND, reads="app")
def by_hand(inspected: Inspected) -> Iterator[Match]:
    """Find middleware that reads such a header and writes what it is about."""
    for middleware in middlewares(inspected.app):
        if is_from(middleware, "werkzeug"):
            continue
        words = uses(middleware)
        read = [header for header in _HEADERS if header in words]
        if read and not words.isdisjoint(_WRITTEN):
            yield Match(f"{name_of(middleware)} believes {', '.join(read)}", subject=name_of(middleware))
