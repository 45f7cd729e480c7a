"""Routes where passwords and codes can be guessed without limit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from ....findings import Confidence, Severity
from ...facts.guarding import blueprints_of, has_accounts
from ...facts.layers import called_by, layers, numbers_of, words_of, written_in
from ...facts.own_code import is_own
from ...inspected import Inspected, Route
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
_COUNTS = re.compile(
    r"(?i)rate_?limit|limiter|throttl|too_?many|brute|lock_?out|locked|cool_?down|captcha"
    r"|fail(ed|ures?|s)?_(count|logins?|attempts?)|attempts$"
)
_TOO_MANY = 429
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
        limited = any(_limits(limiter, inspected, route) for limiter in limiters(inspected))
        if not limited and not _wrapped(route) and not _counts_itself(inspected, route):
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


def _counts_itself(inspected: Inspected, route: Route) -> bool:
    """Return whether the project's own code counts attempts: in the view, a hook before it, or what they call."""
    app = inspected.app
    hooks = [hook for owner in (None, *blueprints_of(app, route)) for hook in app.before_request_funcs.get(owner, ())]
    methods = [getattr(getattr(route.view, "view_class", None), name, None) for name in ("post", "dispatch_request")]
    near = [one for one in (route.view, *methods, *hooks) if one is not None and is_own(inspected, one)]
    return any(_says_so(layer) for one in near for layer in (*layers(one), *called_by(one)))


def _says_so(function: Any) -> bool:
    words = (word for word in words_of(function) if word.isidentifier())
    return _TOO_MANY in numbers_of(function) or any(map(_COUNTS.search, words))
