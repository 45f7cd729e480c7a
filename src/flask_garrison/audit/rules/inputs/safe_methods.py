"""Addresses whose words say that opening them changes something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....findings import Confidence, Evidence, Severity
from ...facts.layers import layers, words_of
from ...facts.own_code import is_own
from ...inspected import Inspected, Route
from ...rule import Match, Rule, checks

CHANGES_BY_GET = Rule(
    id="inputs.changes-by-get",
    kind="runtime",
    control="inputs.safe-methods",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    cwe=(352, 650),
    asvs=("V3.5.3",),
    title="Opening an address changes something",
    why="Browsers, crawlers and mail scanners open links on their own, and an image on another site opens one with "
    "the visitor's cookies. No CSRF protection looks at GET.",
    fix="Take POST, from a form.",
    before='@app.get("/notes/<int:number>/delete")\ndef delete(number): ...',
    after='@app.post("/notes/<int:number>/delete")\ndef delete(number): ...',
    guard="It lets GET pass: what is meant to change something must say so by its method.",
    language="python",
    lesson="inputs-get-that-changes-things",
    items=(52,),
)

VERBS = frozenset(
    [
        "delete",
        "remove",
        "destroy",
        "purge",
        "wipe",
        "truncate",
        "erase",
        "unfollow",
        "upvote",
        "downvote",
        "unlike",
        "approve",
        "reject",
        "ban",
        "unban",
        "promote",
        "demote",
        "revoke",
        "disable",
        "toggle",
        "reboot",
        "shutdown",
        "unlink",
    ]
)
_PROVES = frozenset(
    [
        "commit",
        "delete",
        "remove",
        "unlink",
        "rmtree",
        "delete_one",
        "delete_many",
        "execute",
        "save",
        "drop",
        "pop",
        "truncate",
    ]
)
_TOKENS = re.compile(r"(?i)token|code|sign|key|hash|nonce")
_CONFIRMS = frozenset(("render_template", "render_template_string", "stream_template"))


@checks(CHANGES_BY_GET, reads="app")
def changes_by_get(inspected: Inspected) -> Iterator[Match]:
    """Find such words in rules that take GET alone, unless another rule of the same address takes the change."""
    changed = {route.rule for route in inspected.routes if route.changes_state}
    for route in {route.endpoint: route for route in inspected.routes}.values():
        if "GET" not in route.methods or route.rule in changed or _TOKENS.search(" ".join(route.url_rule.arguments)):
            continue
        verb = verb_of(route)
        if verb is not None and is_own(inspected, route.view):
            yield from _judge(route, verb)


def _judge(route: Route, verb: str) -> Iterator[Match]:
    words = frozenset[str]().union(*(words_of(layer) for layer in layers(route.view)))
    proved = sorted(words & _PROVES)
    if not proved and not words.isdisjoint(_CONFIRMS):
        return  # It shows a page that asks.
    summary = f"GET {route.rule} says {verb}" + (f" and its view calls {proved[0]}" if proved else "")
    yield Match(
        f"{route.endpoint} is opened by GET and says {verb}",
        severity=None if proved else Severity.LOW,
        confidence=None if proved else Confidence.LOW,
        subject=route.rule,
        route=route.rule,
        method="GET",
        evidence=(Evidence("config", summary),),
    )


def verb_of(route: Route) -> str | None:
    """Return the first word of the last part of a name or address that changes something, or its last word."""
    for text in (route.endpoint.rpartition(".")[2], *re.sub(r"<[^>]*>", "", route.rule).split("/")):
        words = [word for word in re.split(r"[^a-z]+", text.lower()) if word]
        for word in (*words[:1], *words[-1:]):
            if word in VERBS:
                return word
    return None
