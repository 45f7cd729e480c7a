"""Routes whose guard is never asked: decorators in the wrong order, rules that hide others, methods that pass by."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

from ....findings import Confidence, Evidence, Severity
from ...facts.guarding import asks, exempts_options, login_layer
from ...facts.layers import factory_of, layers, written_in
from ...inspected import Inspected, Route
from ...rule import Match, Rule, checks

ORDER = Rule(
    id="access.decorator-order",
    kind="runtime",
    control="access.route-rules",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(306, 862),
    asvs=("V8.2.1", "V8.3.1"),
    title="The decorator that asks for a login stands above the route and is never called",
    why="@app.route registers the function that stands below it. A decorator above makes another function, which the "
    "module keeps and no request reaches: the page is open to everybody.",
    fix="Put the route first, everything else below it.",
    before='@login_required\n@app.route("/orders")\ndef orders(): ...',
    after='@app.route("/orders")\n@login_required\ndef orders(): ...',
    guard="Nothing in this version: it does not decide yet who may call a view.",
    language="python",
    lesson="access-hidden-admin-page",
    items=(60,),
)

SHADOWED = Rule(
    id="access.shadowed-route",
    kind="runtime",
    control="access.route-rules",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(670, 862),
    asvs=(),
    title="A route can never be reached because another has the same address",
    why="The first of two rules with one address and one method answers every request. Where the second is the one "
    "that asks for a login, what was meant to be protected is served by a view that is not.",
    fix="Delete one of the two, or give it an address of its own.",
    before='app.add_url_rule("/orders", "old", old_orders)\napp.add_url_rule("/orders", "orders", orders)',
    after='app.add_url_rule("/orders", "orders", orders)',
    guard="Nothing: routing is Flask's.",
    language="python",
    items=(54,),
)

SLASH = Rule(
    id="access.slash-mismatch",
    kind="runtime",
    control="access.route-rules",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    cwe=(647, 862),
    asvs=("V8.3.1",),
    title="An address asks for a login with a slash at its end and not without, or the other way round",
    why="Two views answer two spellings of what people and front servers take for one address. One of them can be read "
    "without a login.",
    fix="Keep one of the two rules: Flask redirects the other spelling.",
    before='app.add_url_rule("/admin/", "admin", login_required(admin))\napp.add_url_rule("/admin", "panel", panel)',
    after='app.add_url_rule("/admin/", "admin", login_required(admin))',
    guard="Nothing in this version: it does not decide yet who may call a view.",
    language="python",
    items=(54,),
)

OPTIONS = Rule(
    id="access.options-without-login",
    kind="runtime",
    control="access.route-rules",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    cwe=(306, 650),
    asvs=("V8.3.1",),
    title="A view behind a login runs without one for OPTIONS",
    why="The decorators of Flask-Login, Flask-JWT-Extended and Flask-HTTPAuth let OPTIONS through, because Flask "
    "answers it without calling the view. A route that lists OPTIONS among its methods has its view called, and "
    "whoever sends that method is not asked for anything.",
    fix="Take OPTIONS out of methods; Flask answers it.",
    before='@app.route("/orders", methods=["GET", "OPTIONS"])\n@login_required\ndef orders(): ...',
    after='@app.route("/orders", methods=["GET"])\n@login_required\ndef orders(): ...',
    guard="Nothing in this version: it does not decide yet who may call a view.",
    language="python",
    items=(59, 67),
)

_ARGUMENT = re.compile(r"<(?:([^:<>]+):)?[^<>]+>")


@checks(ORDER, reads="app")
def decorator_order(inspected: Inspected) -> Iterator[Match]:
    """Find views whose module keeps a guarded function under their name that no route calls."""
    for route in inspected.routes:
        kept = _kept_by_module(route.view)
        layer = None if kept is None or login_layer(route.view) is not None else login_layer(kept)
        if layer is not None and any(one is route.view for one in list(layers(kept))[1:]):
            name = factory_of(layer).rpartition(".")[2]
            summary = (
                f"{route.view.__module__}.{route.view.__name__} is wrapped by {name}; the route calls it unwrapped"
            )
            title = f"{name} stands above the route of {route.endpoint}"
            yield Match(title, route=route.rule, evidence=(Evidence("config", summary),))


def _kept_by_module(view: Any) -> Any:
    module = sys.modules.get(getattr(view, "__module__", None) or "")
    kept = getattr(module, getattr(view, "__name__", ""), None)
    return None if kept is view or not callable(kept) else kept


@checks(SHADOWED, reads="app")
def shadowed(inspected: Inspected) -> Iterator[Match]:
    """Find rules of one address, weight, host and method; the first in the map answers."""
    first: dict[tuple[Any, ...], Route] = {}
    for route in inspected.routes:
        for method in sorted(route.methods) or ["websocket"]:
            rule = route.url_rule
            place = (_pattern(route.rule), rule.subdomain, rule.host, rule.websocket, method)
            winner = first.setdefault(place, route)
            if winner.endpoint != route.endpoint and not rule.redirect_to and not rule.alias:
                yield _shadowed(inspected, winner, route, method)


def _shadowed(inspected: Inspected, winner: Route, loser: Route, method: str) -> Match:
    is_worse = asks(inspected.app, loser, method) and not asks(inspected.app, winner, method)
    words = ", which asks for a login," if is_worse else ""
    return Match(
        f"{winner.endpoint} answers in place of {loser.endpoint}{words} at {method} {loser.rule}",
        severity=Severity.MEDIUM if is_worse else None,
        subject=f"{loser.endpoint} {method} {loser.rule}",
        route=loser.rule,
        method=method,
    )


def _pattern(rule: str) -> str:
    return _ARGUMENT.sub(lambda found: f"<{found[1] or 'default'}>", rule)


@checks(SLASH, reads="app")
def slashes(inspected: Inspected) -> Iterator[Match]:
    """Find two views for one address with and without a slash, of which only one asks."""
    by_address = {(_pattern(route.rule), method): route for route in inspected.routes for method in route.methods}
    for (address, method), route in by_address.items():
        twin = by_address.get((f"{address}/", method))
        if twin is None or twin.endpoint == route.endpoint:
            continue
        closed = [asks(inspected.app, one, method) for one in (route, twin)]
        if closed[0] != closed[1]:
            is_open = twin if closed[0] else route
            title = f"{method} {is_open.rule} asks for no login, its twin does"
            yield Match(title, subject=f"{address} {method}", route=is_open.rule, method=method)


@checks(OPTIONS, reads="app")
def options(inspected: Inspected) -> Iterator[Match]:
    """Find guarded functions that are called for OPTIONS; Flask-CORS answers by itself before them."""
    for route in inspected.routes:
        layer = login_layer(route.view) if "OPTIONS" in route.methods else None
        if layer is None or not exempts_options(layer) or hasattr(route.view, "view_class"):
            continue
        if not any(written_in(one).startswith("flask_cors") for one in layers(route.view)):
            yield Match(f"{route.endpoint} runs for OPTIONS without a login", route=route.rule, method="OPTIONS")
