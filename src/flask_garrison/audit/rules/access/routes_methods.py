"""Middleware that lets a client name another method than the one it sends."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...facts.wsgi_chain import middlewares, name_of, uses
from ...inspected import Inspected
from ...rule import Match, Rule, checks

OVERRIDE = Rule(
    id="access.method-override",
    kind="runtime",
    control="access.route-rules",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    cwe=(436, 650),
    asvs=("V8.3.1",),
    title="A header or a parameter can change the method of a request",
    why="What stands in front, such as a firewall or a rule that lets GET pass, judges the method that was sent. The "
    "application then runs another one: a DELETE that came as a GET.",
    fix="Delete the middleware and let clients send the method that they mean.",
    before="app.wsgi_app = MethodOverride(app.wsgi_app)",
    after="# fetch(address, {method: 'DELETE'})",
    guard="It judges the method that the application sees, behind the middleware.",
    language="python",
    items=(48,),
)


@checks(OVERRIDE, reads="app")
def method_override(inspected: Inspected) -> Iterator[Match]:
    """Find middleware whose code reads another method and writes REQUEST_METHOD."""
    for middleware in middlewares(inspected.app):
        words = uses(middleware)
        if "REQUEST_METHOD" in words and any("method_override" in word.lower().replace("-", "_") for word in words):
            yield Match(f"{name_of(middleware)} takes the method from the request's header")
        elif "REQUEST_METHOD" in words and not words.isdisjoint({"_method", "__METHOD_OVERRIDE__", "__method__"}):
            yield Match(f"{name_of(middleware)} takes the method from a parameter")
