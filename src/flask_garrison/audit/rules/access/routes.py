"""Routes that nobody guards although others beside them are guarded."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from ....findings import Confidence, Evidence, Severity
from ...facts.guarding import asks, blueprints_of, has_accounts, refuses_strangers
from ...facts.layers import factory_of, layers
from ...facts.own_code import is_own, names_in
from ...inspected import Inspected, Route
from ...rule import Match, Rule, checks

UNGUARDED = Rule(
    id="access.unguarded-change",
    kind="runtime",
    control="access.route-rules",
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    cwe=(306, 862),
    asvs=("V8.2.1", "V8.3.1"),
    title="A route that changes something asks nobody who is calling",
    why="The application has accounts, and neither a decorator, a hook nor the code of this view looks at them. If "
    "that was forgotten, anybody can send the request. Where most routes beside it ask, that is likely.",
    fix="Add the decorator that the other views carry; where everybody may call the view, suppress the finding with "
    "that as the reason.",
    before='@app.post("/orders/<int:number>/cancel")\ndef cancel(number): ...',
    after='@app.post("/orders/<int:number>/cancel")\n@login_required\ndef cancel(number): ...',
    guard="Nothing in this version: it does not decide yet who may call a view.",
    language="python",
    lesson="access-hidden-admin-page",
    items=(51,),
)

OUTSIDE = Rule(
    id="access.outside-the-guarded-blueprint",
    kind="runtime",
    control="access.route-rules",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    cwe=(425, 862),
    asvs=("V8.2.1", "V8.3.1"),
    title="A route stands below a guarded address and outside the blueprint that guards it",
    why="before_request of a blueprint is asked for the blueprint's own routes only. A route of the application or of "
    "another blueprint with the same beginning looks protected and is not.",
    fix="Register the route on the guarded blueprint, or guard it by a decorator of its own.",
    before='@app.get("/admin/export")\ndef export(): ...',
    after='@admin.get("/export")\ndef export(): ...',
    guard="Nothing in this version: it does not decide yet who may call a view.",
    language="python",
    lesson="access-hidden-admin-page",
    items=(51, 61),
)

_PUBLIC = re.compile(
    r"(?i)login|logout|sign-?_?(in|up|out)|regist|auth|oauth|callback|forgot|reset|recover|verif|confirm|activat|password|"
    r"token|hook|contact|feedback|search|subscri|newsletter|graphql|health|report|locale|lang|theme|cookie|consent|"
    r"static|csp|ping|setup|install|webhook|public|comment|rpc|_dash|track|beacon"
)
_LEAVES = frozenset(["logout_user", "unset_jwt_cookies", "unset_access_cookies"])
_METHODS = ("POST", "PUT", "PATCH", "DELETE")
MOST = 0.6
"""Share of the routes beside it that ask, from which a route that does not is the odd one out."""


def changing(inspected: Inspected) -> list[tuple[Route, str]]:
    """Return the project's own routes with each of their methods that changes something."""
    own = [route for route in inspected.routes if route.changes_state and is_own(inspected, route.view)]
    return [(route, method) for route in own for method in _METHODS if method in route.methods]


def _some_ask(inspected: Inspected) -> bool:
    """Return whether there are accounts and a route that asks for one: else there is nothing to compare."""
    if not has_accounts(inspected):
        return False
    own = (route for route in inspected.routes if is_own(inspected, route.view))
    return any(asks(inspected.app, route, method) for route in own for method in route.methods)


@checks(UNGUARDED, reads="app", needs=_some_ask)
def unguarded(inspected: Inspected) -> Iterator[Match]:
    """Compare each changing route with those of the same blueprint."""
    groups: dict[str, list[tuple[Route, str, bool]]] = defaultdict(list)
    for route, method in changing(inspected):
        groups[route.endpoint.rpartition(".")[0]].append((route, method, asks(inspected.app, route, method)))
    for members in groups.values():
        guarded = sum(guard for *_, guard in members)
        is_odd = guarded >= 2 and guarded / len(members) >= MOST
        for route, method, guard in members:
            if not guard and not _is_public(inspected, route):
                yield _unguarded(route, method, f"{guarded} of {len(members)}", is_odd=is_odd)


def _is_public(inspected: Inspected, route: Route) -> bool:
    """Return whether strangers are meant to send it: by its words, as the login that is declared, or to log out."""
    manager = getattr(inspected.app, "login_manager", None)
    logins = {getattr(manager, "login_view", None), *(getattr(manager, "blueprint_login_views", None) or {}).values()}
    if route.endpoint in logins or not _LEAVES.isdisjoint(names_in(route.view)):
        return True
    return _PUBLIC.search(f"{route.rule} {route.endpoint}") is not None


def _unguarded(route: Route, method: str, count: str, *, is_odd: bool) -> Match:
    title = f"{route.endpoint} asks nobody who is calling"
    summary = f"{count} changing routes beside it ask who is calling; {method} {route.rule} does not"
    return Match(
        title,
        severity=Severity.MEDIUM if is_odd else None,
        confidence=Confidence.MEDIUM if is_odd else None,
        subject=f"{route.rule} {method}",
        route=route.rule,
        method=method,
        evidence=(Evidence("config", summary),),
    )


@checks(OUTSIDE, reads="app", needs=lambda inspected: bool(_guarded_prefixes(inspected)))
def outside(inspected: Inspected) -> Iterator[Match]:
    """Find routes below the prefix of a blueprint whose hook refuses strangers, which do not belong to it."""
    for route, prefix, blueprint, hook in beside_the_guard(inspected):
        title = f"{route.endpoint} is outside {blueprint}, whose {hook} guards {prefix}"
        yield Match(title, subject=route.rule, route=route.rule)


def beside_the_guard(inspected: Inspected) -> Iterator[tuple[Route, str, str, str]]:
    """Yield each open route below a guarded address, with that address, the blueprint and the hook that guard it."""
    for prefix, (blueprint, hook) in _guarded_prefixes(inspected).items():
        for route in inspected.routes:
            if not _is_below(route, prefix) or blueprint in blueprints_of(inspected.app, route):
                continue
            if is_own(inspected, route.view) and not any(asks(inspected.app, route, one) for one in route.methods):
                yield route, prefix, blueprint, hook


def _is_below(route: Route, prefix: str) -> bool:
    return (route.rule == prefix or route.rule.startswith(f"{prefix}/")) and not _PUBLIC.search(
        route.rule.removeprefix(prefix)
    )


def _guarded_prefixes(inspected: Inspected) -> dict[str, tuple[str, str]]:
    """Return the beginnings of addresses that a blueprint's hook guards, with the blueprint and the hook."""
    found = {}
    for name, hooks in inspected.app.before_request_funcs.items():
        prefix = getattr(inspected.app.blueprints.get(name or ""), "url_prefix", None)
        guard = next((hook for hook in hooks if refuses_strangers(hook)), None)
        if name and prefix and prefix != "/" and guard is not None:
            found[prefix.rstrip("/")] = (name, _name(guard))
    return found


def _name(hook: Any) -> str:
    return factory_of(next(layers(hook))) or "before_request"
