"""One rule of the ``url_map``. Werkzeug's own cannot be told apart: two on one path are equal, whatever they take."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import Rule as UrlRule

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, eq=False, slots=True)
class Route:
    """One route; equal to itself alone.

    Attributes:
        rule: As it stands in ``url_map``.
        methods: All that it takes, those that Flask adds included.
        url_rule: Werkzeug's object.
    """

    rule: str
    endpoint: str
    methods: frozenset[str]
    arguments: frozenset[str]
    url_rule: UrlRule

    @property
    def redirects(self) -> bool:
        """Whether Werkzeug answers with a redirect, whatever the view is."""
        return bool(self.url_rule.redirect_to or self.url_rule.alias)

    @property
    def own_options(self) -> bool:
        """Whether OPTIONS is answered by the view and not by Flask."""
        return "OPTIONS" in self.methods and not getattr(self.url_rule, "provide_automatic_options", False)

    @property
    def blueprint(self) -> str:
        """Name of its blueprint, or empty."""
        return self.endpoint.rpartition(".")[0]


def routes_of(app: Flask) -> list[Route]:
    """Return the routes of an application in the order of ``url_map``, those apart that only build addresses."""
    return [
        Route(rule.rule, rule.endpoint, frozenset(rule.methods or ()), frozenset(rule.arguments), rule)
        for rule in app.url_map.iter_rules()
        if not rule.build_only
    ]
