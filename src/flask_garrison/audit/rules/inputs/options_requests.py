"""Views that do their work for OPTIONS, a method that every check takes for a question."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...facts.guarding import exempts_options, login_layer
from ...facts.own_code import names_in
from ...inspected import Inspected, Route
from ...rule import Match, Rule, checks

RULE = Rule(
    id="inputs.view-runs-on-options",
    kind="runtime",
    control="inputs.safe-methods",
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    cwe=(650,),
    asvs=("V3.5.3",),
    title="A view that changes something runs for OPTIONS too",
    why="Flask answers OPTIONS by itself unless the route lists it, or PROVIDE_AUTOMATIC_OPTIONS is off and the "
    "route asks for it. Then the view runs: for browsers' questions before a request of another site, and past every "
    "check that counts OPTIONS among the methods that change nothing, as those against forged requests do.",
    fix="Take OPTIONS out of methods, so that Flask answers it, or ask for the method before doing anything.",
    before='@app.route("/buy", methods=["POST", "OPTIONS"])\ndef buy(): ...',
    after='@app.route("/buy", methods=["POST"])\ndef buy(): ...',
    guard="It counts OPTIONS among the methods that change nothing, as HTTP does.",
    language="python",
    lesson="inputs-get-that-changes-things",
    items=(29, 59),
)


def _lists_options(inspected: Inspected) -> bool:
    return any("OPTIONS" in route.methods for route in inspected.routes)


@checks(RULE, reads="app", needs=_lists_options)
def views_on_options(inspected: Inspected) -> Iterator[Match]:
    """Find views that are called for OPTIONS, take a method that changes something and never ask which it is."""
    for route in inspected.routes:
        if "OPTIONS" in route.methods and route.changes_state and _never_asks(route):
            yield Match(f"{route.endpoint} runs for OPTIONS as for POST", route=route.rule, method="OPTIONS")


def _never_asks(route: Route) -> bool:
    layer = login_layer(route.view)
    # A class has a function for each method; a login that lets OPTIONS through is another rule's finding.
    if route.view is None or hasattr(route.view, "view_class") or (layer is not None and exempts_options(layer)):
        return False
    return names_in(route.view).isdisjoint({"method", "OPTIONS"})
