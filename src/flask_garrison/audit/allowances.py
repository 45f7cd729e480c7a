"""What an application's policy and views allow although it is insecure, endpoint by endpoint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import NamedTuple

from flask import Flask

from ..extension import EXTENSION
from ..policy import Policy, ViewPolicy, view_policy_of

PREFIX = "allow_insecure_"


class Allowance(NamedTuple):
    """One danger that one endpoint allows.

    Attributes:
        setting: ``allow_insecure_<danger>``.
        endpoint: Where; it may be unknown to the app.
        route: The endpoint's first rule as in ``url_map``; ``None`` if the app has no such endpoint.
        by_view: Declared on the view, not in the policy.
    """

    setting: str
    endpoint: str
    route: str | None
    by_view: bool


def allowances_of(app: Flask) -> list[Allowance]:
    """Return every allowance of a guarded application, in order; an app without Garrison has none."""
    if EXTENSION not in app.extensions:
        return []
    policy: Policy = app.extensions[EXTENSION].policy
    return sorted({*_of_policy(app, policy), *_of_views(app)})


def _of_policy(app: Flask, policy: Policy) -> Iterator[Allowance]:
    for item in fields(Policy):
        if item.name.startswith(PREFIX):
            for endpoint in getattr(policy, item.name):
                yield Allowance(item.name, endpoint, _route(app, endpoint), by_view=False)


def _of_views(app: Flask) -> Iterator[Allowance]:
    dangers = [item.name for item in fields(ViewPolicy) if item.name.startswith(PREFIX)]
    for rule in app.url_map.iter_rules():
        for method in rule.methods or ():
            view = view_policy_of(app.view_functions.get(rule.endpoint), method)
            for danger in dangers:
                if getattr(view, danger):
                    yield Allowance(danger, rule.endpoint, _route(app, rule.endpoint), by_view=True)


def _route(app: Flask, endpoint: str) -> str | None:
    rules = app.url_map._rules_by_endpoint.get(endpoint)
    return rules[0].rule if rules else None
