"""Objects that are looked up by what a client sent, and given to whoever asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...code.views import View, Views, shown
from ...code.views import happenings as happened
from ...code.views.happenings import Happening
from ...code.views.reporting import match_of, named
from ...code.views.traits import CLIENT, IDENTITY, OWNED, details, owned
from ...code.views.vocabulary import CAPABILITY, PEOPLE
from ...rule import Match, Rule, checks

OWNER = Rule(
    id="access.missing-owner-check",
    kind="code",
    control="access.ownership",
    severity=Severity.HIGH,
    confidence=Confidence.MEDIUM,
    cwe=(566, 639),
    asvs=("V8.2.2",),
    title="An object is looked up by a client's number and nobody asks whose it is",
    why="Who is logged in changes the number in the address and reads or changes what belongs to others. Other views "
    "of the application look at the owner of the same objects, so it has one.",
    fix="Look the object up together with its owner, so that what belongs to others is not found.",
    before="invoice = db.get_or_404(Invoice, number)",
    after="query = db.select(Invoice).filter_by(id=number, customer_id=current_user.id)\n"
    "invoice = db.first_or_404(query)",
    guard="Nothing in this version: it does not know yet whose an object is.",
    language="python",
    lesson="access-someone-else-s-invoice",
    items=(),
)


@checks(OWNER, reads="views")
def missing_owner(views: Views) -> Iterator[Match]:
    """Find look-ups without the owner of things whose owner other views look at."""
    norms = _norms(views)
    for view in views.all:
        if not view.asks or view.wants_roles or _is_settled(view):
            continue
        for lookup in _open(view):
            others = [one for one in norms[lookup.word] if _is_near(one, view)]
            makers = [one for one in norms[f"made {lookup.word}"] if _is_near(one, view)]
            if others or (makers and _writes(view, lookup)):
                yield _match(view, lookup, others, makers)
                break


def _is_near(one: View, view: View) -> bool:
    """Return whether another view belongs to the same part of an application: what it does says something here."""
    if one.function is view.function:
        return False
    return one.source is view.source or (one.owner is not None and one.owner is view.owner)


def _is_settled(view: View) -> bool:
    """Return whether something else says who may: a function named so, or that who is calling takes the object."""
    changed = [one for one in view.changed if one.word != "commit"]
    claims = bool(changed) and all(IDENTITY in one.traits for one in changed)
    proved = [one for one in view.happenings if one.kind == happened.PROVED and one.word not in ("loads", "decode")]
    return claims or bool(proved) or view.has(happened.AUTHORISED)


def _norms(views: Views) -> dict[str, list[View]]:
    """Return the views that look at the owner of each kind of thing, and those that make one with an owner."""
    found: dict[str, list[View]] = defaultdict(list)
    for view in views.all:
        for name in {one.word for one in view.happenings if one.kind == happened.SCOPED} | _compared(view):
            found[name].append(view)
        for name in {one.word for one in view.happenings if one.kind == happened.MADE}:
            found[f"made {name}"].append(view)
    return found


def _tests(view: View) -> list[Happening]:
    return [one for one in view.happenings if one.kind == happened.TESTED and one.decides and IDENTITY in one.traits]


def _compared(view: View) -> set[str]:
    """Return the kinds of things that a view looks up and compares with who is calling."""
    tests = [one for one in _tests(view) if details(one.traits, "owned") or OWNED in one.traits]
    lookups = [one for one in view.happenings if one.kind == happened.LOOKED_UP]
    return {
        lookup.word
        for lookup in lookups
        for test in tests
        if lookup.node in details(test.traits, "object") and (owned(lookup.word) in test.traits or OWNED in test.traits)
    }


def _open(view: View) -> Iterator[Happening]:
    """Yield look-ups that nothing ties to who is calling."""
    tests = _tests(view)
    if any(CLIENT in one.traits for one in tests):
        return  # What the client sent is compared with who it is.
    checked = {place for one in tests for place in details(one.traits, "object")}
    # Whose one of them is was asked: what is done with the same number afterwards is done with that.
    kinds = {name for one in tests for name in details(one.traits, "owned")}
    kinds |= {one.word for one in view.happenings if one.kind == happened.SCOPED}
    for one in view.happenings:
        if one.kind != happened.LOOKED_UP or one.word in kinds or CAPABILITY.search(view.route.rpartition("<")[2]):
            continue
        if checked.isdisjoint(details(one.traits, "object")) and not PEOPLE.match(one.word.rpartition(" ")[2]):
            yield one


def _writes(view: View, lookup: Happening) -> bool:
    """Return whether a view changes what it looked up, or things of that kind."""
    changed = [one for one in view.changed if not one.word.startswith("insert")]
    return any(
        lookup.node in details(one.traits, "object")
        or one.node is lookup.node
        or lookup.word in (*details(one.traits, "entity"), *details(one.traits, "store"))
        for one in changed
    )


def _match(view: View, lookup: Happening, others: list[View], makers: list[View]) -> Match:
    writes = _writes(view, lookup)
    word = lookup.word
    if others:
        summary = f"{named(others)} look{'s' if len(others) == 1 else ''} at the owner of {word}; {view.name} does not"
    else:
        summary = (
            f"{named(makers)} make{'s' if len(makers) == 1 else ''} {word} for who is calling; {view.name} changes any"
        )
    verb = "changes" if writes else "gives out"
    return match_of(
        view,
        f"{shown(view)} {verb} any {word} by its number, whoever asks",
        summary,
        happening=lookup,
        severity=Severity.HIGH if others and (writes or view.changes) else Severity.MEDIUM,
        confidence=None if others else Confidence.LOW,
    )
