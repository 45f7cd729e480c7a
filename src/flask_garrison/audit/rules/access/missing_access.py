"""Views that ask nobody who is calling, although those beside them do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ....findings import Confidence, Severity
from ...code.views import View, Views, shown
from ...code.views import happenings as happened
from ...code.views.reporting import match_of, named
from ...rule import Match, Rule, checks

MISSING = Rule(
    id="access.missing-access-rule",
    kind="code",
    control="access.route-rules",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    cwe=(306, 862),
    asvs=("V8.2.1", "V8.3.1"),
    title="A view asks nobody who is calling, although the views beside it do",
    why="Its neighbours carry a decorator, stand behind a hook or check by themselves who is calling. This one has "
    "none of it, so whoever knows the address sends the request. It is the most common hole where each view is "
    "protected by itself: one view was added and the line above it forgotten.",
    fix="Give the view the rule that its neighbours have. Where everybody may call it, say so by suppressing the "
    "finding with that as the reason.",
    before='@app.post("/orders/<int:number>/cancel")\ndef cancel(number): ...',
    after='@app.post("/orders/<int:number>/cancel")\n@login_required\ndef cancel(number): ...',
    guard="Nothing in this version: it does not decide yet who may call a view.",
    language="python",
    lesson="access-hidden-admin-page",
    items=(51, 61),
)

MOST = 0.6
"""Share of the neighbours that ask, from which a view that does not is the odd one out."""
NEARLY_ALL = 0.75
READERS = 3
"""Neighbours that only read, below which they are no rule for reading."""


class Norm(NamedTuple):
    """What the neighbours of a view do.

    Attributes:
        group: What makes them neighbours, in words.
        asking: Those that ask who is calling.
        all: Every one.
    """

    group: str
    asking: list[View]
    all: list[View]

    @property
    def share(self) -> float:
        """How many of them ask."""
        return len(self.asking) / len(self.all)


@checks(MISSING, reads="views")
def missing_rule(views: Views) -> Iterator[Match]:
    """Compare each view with those of its blueprint, its file and its part of the address."""
    for view in views.all:
        if view.knows or view.is_public or _is_above(view):
            continue
        norm = _norm(views, view)
        if norm is not None:
            yield _match(view, norm)


def _is_above(view: View) -> bool:
    """Return whether it has the rule in the wrong place: that is another finding."""
    return any(one.is_above and one.guard in ("library", "code") for one in view.decorators)


def _norm(views: Views, view: View) -> Norm | None:
    """Return what the neighbours of a view do where it is the odd one out."""
    for group, belongs in _groups(view):
        others = [
            one
            for one in views.all
            if one.function is not view.function and belongs(one) and (one.asks or not one.is_public)
        ]
        found = _of_changes(group, others) if view.changes else _of_reads(group, others, view)
        if found is not None:
            return found
    return None


def _groups(view: View) -> Iterator[tuple[str, Callable[[View], bool]]]:
    if view.owner is not None:
        yield f"of blueprint {view.blueprint}", lambda one: one.owner is view.owner
    if view.cls is not None:
        yield f"of {view.cls.name}", lambda one: one.cls is view.cls
    yield f"in {view.source.name or 'the file'}", lambda one: one.source is view.source
    if view.segment:
        yield f"below /{view.segment}", lambda one: one.segment == view.segment


def _of_changes(group: str, others: list[View]) -> Norm | None:
    whole = Norm(group, [one for one in others if one.asks], others)
    changing = [one for one in others if one.changes]
    alike = Norm(group, [one for one in changing if one.asks], changing)
    if len(whole.asking) >= 2 and whole.share >= MOST and (not changing or alike.share >= 0.5):
        return whole
    return alike if len(alike.asking) >= 2 and alike.share >= NEARLY_ALL else None


def _of_reads(group: str, others: list[View], view: View) -> Norm | None:
    if not _reads_much(view):
        return None
    reading = [one for one in others if not one.changes]
    norm = Norm(group, [one for one in reading if one.asks], reading)
    return norm if len(norm.asking) >= READERS and norm.share >= NEARLY_ALL else None


def _reads_much(view: View) -> bool:
    """Return whether a view shows what is stored."""
    return any(one.kind in (happened.READ, happened.LOOKED_UP, happened.CHANGED) for one in view.happenings)


def _match(view: View, norm: Norm) -> Match:
    changed = next((one for one in view.changed if one.word not in ("mail", "commit")), None) or next(
        iter(view.changed), None
    )
    is_sure = view.changes and changed is not None and norm.share >= NEARLY_ALL and len(norm.asking) >= 2
    rules = sorted({rule for one in norm.asking for rule in one.guards[:1]}) or ["a check of their own"]
    summary = (
        f"{len(norm.asking)} of the {len(norm.all)} other views {norm.group} ask who is calling "
        f"({', '.join(rules[:3])}: {named(norm.asking)}); {view.name} does not"
    )
    return match_of(
        view,
        f"{shown(view)} asks nobody who is calling",
        summary,
        happening=changed,
        severity=Severity.HIGH if is_sure else None,
        confidence=Confidence.HIGH if is_sure and norm.share == 1 else None,
    )
