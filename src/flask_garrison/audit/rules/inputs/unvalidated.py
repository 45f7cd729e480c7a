"""Views that store what a client sent as it is, although those beside them have a schema look at it."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...code.views import View, Views, shown
from ...code.views import happenings as happened
from ...code.views.happenings import Happening
from ...code.views.reporting import match_of, named
from ...code.views.traits import BODY, VERDICT
from ...code.views.vocabulary import VALIDATING_DECORATOR
from ...rule import Match, Rule, checks

UNVALIDATED = Rule(
    id="inputs.missing-validation",
    kind="code",
    control="inputs.schemas",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    cwe=(20,),
    asvs=("V2.2.1", "V2.2.2"),
    title="A view stores what a client sent without a look at it, although the views beside it validate",
    why="What is stored unchecked comes back everywhere: numbers below zero, texts of any length, lists where a text "
    "is expected. Where the neighbours have a schema and one view has none, that one is the way around theirs.",
    fix="Validate the body with a schema, a model or a form, and store only what that returns.",
    before='body = request.get_json()\nrepair.urgency = body["urgency"]',
    after='data = RepairSchema().load(request.get_json())\nrepair.urgency = data["urgency"]',
    guard="With @validated it refuses bodies that do not fit the declared model before the view is called.",
    language="python",
    lesson="inputs-accept-anything",
    items=(),
)


@checks(UNVALIDATED, reads="views")
def missing_validation(views: Views) -> Iterator[Match]:
    """Compare each view that stores a body with those beside it that take one."""
    taking = [view for view in views.all if view.changes and _takes(view)]
    for view in taking:
        stored = next((one for one in view.changed if BODY in one.traits), None)
        if stored is None or validates(view):
            continue
        beside = [one for one in taking if one.function is not view.function and _is_beside(one, view)]
        validating = [one for one in beside if validates(one) and _by_schema(one)]
        if validating and len(validating) / len(beside) >= 0.5:
            yield _match(view, stored, validating, len(beside))


def _is_beside(one: View, view: View) -> bool:
    return one.source is view.source or (view.owner is not None and one.owner is view.owner)


def _takes(view: View) -> bool:
    """Return whether a view takes a body."""
    return _by_schema(view) or any(BODY in one.traits for one in view.happenings)


def _by_schema(view: View) -> bool:
    return view.has(happened.VALIDATED) or any(VERDICT in one.traits for one in _decisions(view)) or _by_decorator(view)


def _by_decorator(view: View) -> bool:
    return any(VALIDATING_DECORATOR.search(one.name) for one in view.decorators if not one.is_above)


def _decisions(view: View) -> list[Happening]:
    return [one for one in view.happenings if one.kind == happened.TESTED and one.decides]


def validates(view: View) -> bool:
    """Return whether a schema, or the view by hand, looks at the body before it is stored."""
    return _by_schema(view) or any(BODY in one.traits for one in _decisions(view))


def _match(view: View, stored: Happening, validating: list[View], count: int) -> Match:
    summary = (
        f"{len(validating)} of the {count} views beside it that take a body validate it ({named(validating)}); "
        f"{view.name} does not"
    )
    return match_of(
        view,
        f"{shown(view)} stores what a client sent without a look at it",
        summary,
        happening=stored,
        confidence=Confidence.HIGH if len(validating) == count and count >= 2 else None,
    )
