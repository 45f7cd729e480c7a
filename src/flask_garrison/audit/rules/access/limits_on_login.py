"""Routes where passwords and codes can be guessed without limit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from ....findings import Confidence, Severity
from ...guarding import has_accounts
from ...inspected import Inspected, Route
from ...layers import layers, written_in
from ...rule import Match, Rule, checks
from .limits import limiters

UNLIMITED = Rule(
    id="access.login-without-limit",
    kind="runtime",
    control="access.login-throttle",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    cwe=(307, 799),
    asvs=("V2.4.1", "V6.3.1"),
    title="Passwords can be guessed without limit",
    why="Lists of leaked passwords are tried against every login that answers. Without a limit on attempts for one "
    "account and from one client, a program tries thousands in an hour.",
    fix="Limit attempts at this route, by account as well as by client, or put Garrison(app) in front. A limit of "
    "the front server cannot be seen from here: ignore this finding in garrison.toml with that as the reason.",
    before='@app.post("/login")\ndef login(): ...',
    after='@app.post("/login")\n@limiter.limit("10 per 15 minutes")\ndef login(): ...',
    guard="It limits failed logins by account and by client without being told where they are made.",
    language="python",
    lesson="access-no-visitor-limit",
    items=(66,),
)

_LOGIN = frozenset(["login", "signin", "authenticate", "authentication"])
_PAIRS = re.compile(r"(?:log|sign)[-_]in\b")
_NOT_HERE = re.compile(r"(?i)logout|callback|oauth|saml|google|github|facebook|twitter|azure|okta")


def is_login(route: Route) -> bool:
    """Return whether a route takes passwords, by the words of its path and endpoint."""
    text = f"{route.rule} {route.endpoint}".lower()
    if "POST" not in route.methods or _NOT_HERE.search(text):
        return False
    return not _LOGIN.isdisjoint(re.split(r"[^a-z]+", text)) or _PAIRS.search(text) is not None


@checks(UNLIMITED, reads="app", needs=lambda inspected: any(map(is_login, inspected.routes)))
def unlimited(inspected: Inspected) -> Iterator[Match]:
    """Find logins that neither Garrison nor Flask-Limiter limits."""
    if inspected.enforces("access.login-throttle"):
        return
    confidence = Confidence.HIGH if has_accounts(inspected) else None
    for route in filter(is_login, inspected.routes):
        if not any(_limits(limiter, inspected, route) for limiter in limiters(inspected)) and not _wrapped(route):
            yield Match(f"no limit counts at {route.endpoint}", route=route.rule, method="POST", confidence=confidence)


def _limits(limiter: Any, inspected: Inspected, route: Route) -> bool:
    """Ask Flask-Limiter which limits it would count for this route."""
    blueprint = route.endpoint.rpartition(".")[0] or None
    resolve = partial(limiter.limit_manager.resolve_limits, inspected.app, route.endpoint, blueprint)
    try:
        with inspected.app.test_request_context(method="POST"):
            return any(group for middleware in (True, False) for group in resolve(in_middleware=middleware))
    except Exception:
        return True  # A function of the application states the limit, from a request that is not here.


def _wrapped(route: Route) -> bool:
    """Return whether something else with a telling name limits a view."""
    names = (f"{written_in(layer)} {getattr(layer, '__qualname__', '')}" for layer in list(layers(route.view))[:-1])
    return any(re.search(r"(?i)limit|throttl", name) for name in names)
