"""Views that change something when they are opened by GET."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ....findings import Confidence, Severity
from ...code.events import brief
from ...code.views import View, Views, shown
from ...code.views import happenings as happened
from ...code.views.happenings import Happening
from ...code.views.reporting import match_of
from ...code.views.traits import CLIENT, IDENTITY, details
from ...code.views.vocabulary import CAPABILITY, LOG_LIKE, VERBS
from ...rule import Match, Rule, checks

CHANGES = Rule(
    id="inputs.state-change-on-get",
    kind="code",
    control="inputs.safe-methods",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    cwe=(352, 650),
    asvs=("V3.5.3",),
    title="A view changes what is stored when it is opened by GET",
    why="Browsers, crawlers and mail scanners open links on their own, and an image on another site opens one with "
    "the visitor's cookies. No CSRF protection looks at GET.",
    fix="Take POST, from a form, and leave GET to showing.",
    before='@app.get("/bookings/<int:number>/cancel")\ndef cancel(number):\n    db.session.delete(own(number))',
    after='@app.post("/bookings/<int:number>/cancel")\ndef cancel(number):\n    db.session.delete(own(number))',
    guard="It lets GET pass: what is meant to change something must say so by its method.",
    language="python",
    lesson="inputs-get-that-changes-things",
    items=(52,),
)

_NOT_HERE: Final = re.compile(
    r"(?i)log_?out|log_?in|sign_?(?:in|out|up)|callback|confirm|verif|activat|unsubscri|oauth|saml|sso|cron|task|migrat|track|redirect|beacon|webhook|download|export|invite|token|reset_password|setup|install"
)
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


@checks(CHANGES, reads="views")
def changes_on_get(views: Views) -> Iterator[Match]:
    """Find changes that a walk with GET and no body comes by."""
    for view in views.all:
        if "GET" not in view.methods or _has_reason(view):
            continue
        says_so = VERBS.search(_words(view)) is not None
        found = next((one for one in view.on_get if _counts(view, one, says_so)), None)
        if found is not None:
            yield _match(view, found, says_so=says_so)


def _words(view: View) -> str:
    route = re.sub(r"<[^>]*>", "", view.route)
    return f" {_CAMEL.sub(' ', view.name.rpartition('.')[2])} {route} ".replace("_", " ")


def _has_reason(view: View) -> bool:
    """Return whether a link is meant to do it: one with a token of its own, or one that signs in or out."""
    return (
        _NOT_HERE.search(f"{view.name} {view.route}") is not None
        or CAPABILITY.search(" ".join(re.findall(r"<(?:\w+:)?(\w+)>", view.route))) is not None
        or view.has(happened.SIGNED_IN)
        or view.has(happened.VERIFIED)
        or any(
            one.kind == happened.PROVED and one.word in ("loads", "decode") and CLIENT in one.traits
            for one in view.happenings
        )
    )


def _counts(view: View, change: Happening, says_so: bool) -> bool:
    """Return whether a change is one that reading does not bring about: no log, no counter, no cache."""
    if change.kind != happened.CHANGED:
        return False
    kind, _, what = change.word.partition(" ")
    about = " ".join(str(name) for name in details(change.traits, "entity"))
    if LOG_LIKE.search(_CAMEL.sub(" ", f"{what} {about} {change.function.name.rpartition('.')[2]}")):
        return False
    is_asked_for = CLIENT in change.traits or bool(details(change.traits, "object"))
    if kind in ("delete", "update"):
        return is_asked_for or (says_so and IDENTITY in change.traits)
    if kind == "set":
        # Of an object that was looked up: any other is the view's own.
        is_kept = bool(details(change.traits, "object")) or IDENTITY in change.traits
        return (
            is_asked_for
            and is_kept
            and any(one.kind == happened.CHANGED and one.word == "commit" for one in view.on_get)
        )
    return says_so and is_asked_for and kind in ("insert", "store")


def _match(view: View, change: Happening, *, says_so: bool) -> Match:
    summary = f"with GET, {view.name} reaches {brief(change.node, 80)} in {change.function.name}"
    is_rows = change.word.partition(" ")[0] in ("delete", "update", "insert")
    return match_of(
        view,
        f"{shown(view)} changes what is stored when it is opened by GET",
        summary,
        happening=change,
        method="GET",
        severity=None if says_so or is_rows else Severity.LOW,
        confidence=Confidence.HIGH if says_so and is_rows else None,
    )
