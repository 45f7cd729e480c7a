"""Control ``access.rate-limits``: requests are limited where the policy says so.

Counted are requests to a view, per route and per client or account. Static files, Garrison's own paths, preflights and
Flask's automatic answers to OPTIONS are not.
"""

from __future__ import annotations

import time
from typing import NamedTuple

from flask import Response

from ..context import SecurityContext
from ..events import Words, name_with
from ..policy import Mode
from .gate import Gate, refuse
from .limits.answers import ask_to_wait, refusal_of, state_limits, state_wait
from .limits.keys import client_of, hashed
from .limits.once import OncePerWindow
from .limits.store import Store
from .limits.windows import Limit, Window, limits_of
from .proxies import client_is_vouched

CONTROL = "access.rate-limits"
_STATED = "_garrison_rate_limits"


class Who(NamedTuple):
    """Whom a request is counted for.

    Attributes:
        kind: ``client``, ``account`` or ``route``.
        key: What tells it from others of its kind.
    """

    kind: str
    key: str


def install(gate: Gate) -> None:
    """Count requests before the app's own hooks run, and state the limits on what is answered."""
    mode = gate.mode(CONTROL)
    if mode == "off":
        return
    # The clock is looked up here, so that a test can set it before the application is guarded.
    limiter = RateLimiter(Store(gate.policy, CONTROL, mode, time.monotonic), mode)
    gate.arrivals.append(limiter.arrive)
    if mode == "enforce":
        gate.departures.append(_state)


class RateLimiter:
    """Counts the requests of one application."""

    def __init__(self, store: Store, mode: Mode) -> None:
        self._store = store
        self._mode = mode
        self._once = OncePerWindow()

    def arrive(self, context: SecurityContext) -> None:
        """Count a request, and refuse it where a limit is used up."""
        stated = context.view.rate_limit
        texts = context.policy.rate_limit if stated is None else stated
        if not texts or not _is_counted(context):
            return
        self._count(context, limits_of(texts))

    def _count(self, context: SecurityContext, limits: list[Limit]) -> None:
        who = _who(context)
        keys = [hashed(context.app, CONTROL, context.route, limit.text, *who) for limit in limits]
        used_up, windows = self._take(context, limits, keys)
        vars(context.request)[_STATED] = list(zip(limits, windows, strict=True))
        if used_up is not None:
            self._refuse(context, limits[used_up], windows[used_up], who)

    def _take(self, context: SecurityContext, limits: list[Limit], keys: list[str]) -> tuple[int | None, list[Window]]:
        """Count under every key, or under none; return the place of the limit that is used up, and the windows."""
        windows = []
        for place, (limit, key) in enumerate(zip(limits, keys, strict=True)):
            allowed, window = self._store.take(context, limit, key)
            if not allowed:
                for taken, its_key in zip(limits[:place], keys, strict=False):
                    self._store.give_back(context, taken, its_key)
                return place, [self._store.look(context, *pair) for pair in zip(limits, keys, strict=True)]
            windows.append(window)
        return None, windows

    def _refuse(self, context: SecurityContext, limit: Limit, window: Window, who: Who) -> None:
        # Who stands behind an address that no declared proxy vouches for may be everybody.
        mode: Mode = "observe" if who.kind == "client" and not client_is_vouched(context) else self._mode
        wait = window.wait(limit)
        if mode == "observe" and not self._once.is_new(f"{context.route} {limit.text}", limit.seconds):
            return
        name = name_with("excess_rate_limit_exceeded", who.key if who.kind == "account" else "", str(limit.amount))
        evidence = {"limit": Words(limit.text), "by": Words(who.kind), "advice": Words(_ADVICE)}
        if mode == "enforce":
            ask_to_wait(context, wait)
        refusal = refusal_of(CONTROL, wait, event=name, evidence=evidence)
        refusal.appsensor = "UT4"
        refuse(context, mode, refusal)


_ADVICE = "If honest visitors send more, declare more for the view: @view_policy(rate_limit='1000 per minute')."


def _is_counted(context: SecurityContext) -> bool:
    """Return whether the request goes to a view of the application's own."""
    rule = context.request.url_rule
    if rule is None or _is_static(context):
        return False
    return context.request.method != "OPTIONS" or not getattr(rule, "provide_automatic_options", False)


def _is_static(context: SecurityContext) -> bool:
    """Return whether the endpoint is the app's or a blueprint's static folder, which Flask registers itself."""
    endpoint = context.endpoint
    if endpoint == "static":
        return bool(context.app.has_static_folder)
    name, _, last = endpoint.rpartition(".")
    blueprint = context.app.blueprints.get(name) if last == "static" else None
    return blueprint is not None and bool(blueprint.has_static_folder)


def _who(context: SecurityContext) -> Who:
    by = context.view.rate_limit_by or context.policy.rate_limit_by
    if by == "route":
        return Who(by, "")
    principal = context.principal if by == "account" else None
    if principal is not None:
        return Who("account", hashed(context.app, "principal", principal.id))
    return Who("client", client_of(context))


def _state(context: SecurityContext, response: Response) -> None:
    stated = vars(context.request).get(_STATED)
    if stated is not None:
        state_limits(context, response, stated)
        state_wait(context, response)
