"""What tests prove: a value becomes another one where the test is true, or where it is false."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import Any, NamedTuple

from .facts import EMPTY, LACKS, NO_HOST, NO_SCHEME, safe_by_facts, safe_without
from .objects import Held
from .taint import ALL, LETTERS, WEAK, Use, without
from .value import Either, Value, join


class Change(NamedTuple):
    """What is proved of one value.

    Attributes:
        value: The value, as it was when the test was made.
        uses: Uses for which it is no longer dangerous.
        facts: What is known of its text.
        consts: The constants that it is one of, or ``None``.
        demote: Uses for which it is only perhaps dangerous: the proof is good but for a corner.
    """

    value: Value
    uses: int = 0
    facts: frozenset[Any] = frozenset()
    consts: tuple[Any, ...] | None = None
    demote: int = 0


class Test(NamedTuple):
    """What follows from a test.

    Attributes:
        when_true: Changes where it holds.
        when_false: Changes where it does not.
    """

    when_true: tuple[Change, ...] = ()
    when_false: tuple[Change, ...] = ()

    def negated(self) -> Test:
        """Return what follows from the opposite."""
        return Test(self.when_false, self.when_true)


TRANSPARENT = frozenset({"same", "strip", "slice", "case", "text", "normal", "element", "secured", "buffer"})
"""Operations whose result is no more dangerous than what they are given: what is proved of that holds for it."""

_BACK: dict[str, int] = {
    "same": LETTERS,
    "text": LETTERS,
    "case": LETTERS,
    "strip": LETTERS & ~(Use.LINE | Use.LOG | Use.SPACE),
    "normal": LETTERS,
    "host": Use.HOST | Use.REDIRECT | Use.HREF,
    "scheme": Use.HREF,
    "realpath": Use.PATH | Use.NAME,
    "suffix": Use.TYPE,
    "matched": LETTERS,
    "buffer": LETTERS,
    "secured": Use.TYPE,
    "relative": Use.PATH | Use.NAME,
}
"""For each operation with a name: which uses of its operand a proof about its result settles."""


_WHERE = Use.HOST | Use.REDIRECT | Use.HREF


def _back(change: Change, operation: str, base: Value, detail: Any, gone: int) -> Change:
    """Return what a proof about a result settles for what it was made of.

    Args:
        detail: Of the operation.
        gone: The taint that the proof took from the result.
    """
    if operation == "changed" and isinstance(detail, frozenset):
        # Single letters were taken out: what is no danger because of them was none before.
        uses = change.uses & safe_without(detail)
        return Change(base, uses, _lacking(change.facts, detail), demote=gone & LETTERS & ~uses)
    if operation == "changed":
        # A test of what was put in order first: good but for what the ordering hides.
        return Change(base, demote=gone & LETTERS)
    if operation == "host" and EMPTY in change.facts:
        # "https:///evil.example" names no host, and browsers go there all the same.
        return Change(base, facts=frozenset({NO_HOST}), demote=Use.HOST | Use.REDIRECT)
    if operation == "scheme" and EMPTY in change.facts:
        return Change(base, facts=frozenset({NO_SCHEME}))
    if operation == "joined address":
        return Change(base, demote=(change.uses | change.demote) & _WHERE)
    if operation in ("same", "strip", "case"):
        uses, facts = change.uses & _BACK[operation], change.facts
        if operation != "same":
            taken = frozenset(" \t\n\r\f\v") if detail is None else detail
            uses = uses if detail is None else uses & safe_without(taken)
            facts = _lacking(facts, taken) | (facts & ({NO_SCHEME} if "/" in taken else {NO_HOST, NO_SCHEME}))
        return Change(base, uses, facts, demote=change.demote)
    settled = _BACK.get(operation, 0)
    return Change(base, change.uses & settled, demote=change.demote & settled)


def _lacking(facts: frozenset[Any], but_for: frozenset[str] = frozenset()) -> frozenset[Any]:
    """Return the facts of what a text lacks, but for some characters."""
    return frozenset(fact for fact in facts if fact[0] == LACKS and but_for.isdisjoint(fact[1]))


def by_itself(value: Value) -> Test:
    """Return what follows from a value without a test: one that is false is empty, and harmless."""
    if value.test is not None:
        return value.test
    if value.refs:
        return _of_container(value) if len(value.refs) == 1 and not value.taint else Test()
    if value.taint:
        return Test((), (Change(value, LETTERS, frozenset({EMPTY})),))
    return Test()


def _of_container(value: Value) -> Test:
    """Return what follows from a container that holds something, and from one that does not."""
    payload = value.refs[0].payload
    return (payload.test or Test()) if isinstance(payload, Held) else Test()


MADE: dict[Any, Value] = {}
"""What values became: the same proof of the same value gives one value, so that proofs of that one hold for it."""


class Refinement(dict[Value, Value]):
    """From values to what they became."""

    def resolve(self, value: Value) -> Value:
        """Return what a value has become."""
        while True:
            later = self.get(value)
            if later is None:
                return value
            value = later

    def apply(self, changes: Iterable[Change]) -> Refinement:
        """Return the map after some changes."""
        result = self
        for change in changes:
            if result is self:
                result = Refinement(self)
            result._change(change)
        return result

    def _change(self, change: Change) -> None:
        current = self.resolve(change.value)
        if not current.taint and change.consts is None:
            return
        facts = current.facts | change.facts
        taint = without(current.taint, change.uses | safe_by_facts(facts))
        moved = taint & change.demote
        taint = taint & ~moved | moved << 40
        consts = current.consts if change.consts is None else change.consts
        if taint == current.taint and facts == current.facts and consts == current.consts:
            return
        pieces = None if change.uses or taint != current.taint else current.pieces
        key = (current, taint, facts, consts, pieces is None)
        made = MADE.get(key)
        if made is None:
            made = MADE[key] = current.but(taint=taint, facts=facts, consts=consts, pieces=pieces)
        self[current] = made
        if current.derived is not None:
            self._change(_back(change, *current.derived, current.taint & ~taint))

    def taint(self, value: Value, depth: int = 0) -> int:
        """Return the taint of a value after everything that was proved, of what it was made of as well."""
        current = self.resolve(value) if self else value
        taint = current.taint
        if not taint or not self or depth > 12:
            return taint
        if current.derived is not None and current.derived[0] in TRANSPARENT:
            taint &= self.taint(current.derived[1], depth + 1) | ~LETTERS
        if current.pieces is not None:
            taint &= self._of_pieces(current.pieces, depth + 1)
        return taint

    def _of_pieces(self, pieces: tuple[Any, ...], depth: int) -> int:
        taint = 0
        for piece in pieces:
            if isinstance(piece, Value):
                taint |= self.taint(piece, depth)
            elif isinstance(piece, Either):
                taint |= self.taint(piece.first, depth) | self.taint(piece.second, depth)
        return taint


def merged(first: Refinement, second: Refinement) -> Refinement:
    """Return what is proved on both of two ways."""
    if first is second:
        return first
    if not first or not second:
        return first if not first else second
    result = Refinement()
    for value, became in first.items():
        there = second.get(value)
        if there is became:
            result[value] = became
        elif value in second:
            both = join(first.resolve(value), second.resolve(value))
            if (both.taint, both.facts, both.consts) != (value.taint, value.facts, value.consts):
                result[value] = both
            # Where both ways together prove nothing it stays the same value, which later proofs are about.
    return result


def changes_between(before: Refinement, after: Refinement) -> tuple[Change, ...]:
    """Return what was proved between two states."""
    if before is after:
        return ()
    changes = []
    origin = {became: value for value, became in after.items()}
    for value, became in after.items():
        if before.get(value) is not became:
            gone = value.taint & ~became.taint & (ALL | Use.DETAIL)
            doubted = gone & became.taint >> WEAK
            consts = became.consts if became.consts is not value.consts else None
            facts = became.facts - value.facts
            changes.append(Change(first_of(value, origin), gone & ~doubted, facts, consts, doubted))
    return tuple(changes)


def changes_of(value: Value, before: Refinement, after: Refinement) -> tuple[Change, ...]:
    """Return what was proved of one value between two states."""
    if before is after or not value.taint:
        return ()
    old, new = before.resolve(value), after.resolve(value)
    if old is new:
        return ()
    consts = new.consts if new.consts is not old.consts else None
    return (Change(value, old.taint & ~new.taint & LETTERS, new.facts - old.facts, consts),)


def of_everything(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return what is proved where a test holds for each item: the same of what they are the items of."""
    found = tuple(changes)
    whole = [
        Change(change.value.derived[1], change.uses, _lacking(change.facts), demote=change.demote)
        for change in found
        if change.value.derived is not None and change.value.derived[0] == "element"
    ]
    return (*found, *whole)


def first_of(value: Value, origin: dict[Value, Value]) -> Value:
    """Return what a value was before anything was proved of it: elsewhere the steps in between are not known."""
    while value in origin and origin[value] is not value:
        value = origin[value]
    return value


def told_of_origins(test: Test, inner: Refinement) -> Test:
    """Return a test that was made where something was proved already, in terms of the values before that."""
    if not inner:
        return test
    origin = {became: value for value, became in inner.items()}
    return Test(
        tuple(change._replace(value=first_of(change.value, origin)) for change in test.when_true),
        tuple(change._replace(value=first_of(change.value, origin)) for change in test.when_false),
    )


def common(first: tuple[Change, ...], second: tuple[Change, ...]) -> tuple[Change, ...]:
    """Return the changes that hold in both of two lists, one for each value."""
    if not first or not second:
        return ()
    result = []
    others = _by_value(second)
    for value, one in _by_value(first).items():
        other = others.get(value)
        if other is not None:
            consts = None
            if one.consts is not None and other.consts is not None:
                consts = tuple(dict.fromkeys((*one.consts, *other.consts)))
            uses = one.uses & other.uses
            demote = (one.uses | one.demote) & (other.uses | other.demote) & ~uses
            result.append(Change(value, uses, one.facts & other.facts, consts, demote))
    return tuple(result)


def _by_value(changes: tuple[Change, ...]) -> dict[Value, Change]:
    """Return all that is proved of each value in a list whose changes hold together."""
    found: dict[Value, Change] = {}
    for one in changes:
        before = found.get(one.value)
        if before is not None:
            consts = one.consts if before.consts is None else before.consts
            one = Change(
                one.value, one.uses | before.uses, one.facts | before.facts, consts, one.demote | before.demote
            )
        found[one.value] = one
    return found


def proved_by_ways(base: Refinement, ways: Iterable[tuple[bool | None, Test | None, Refinement]]) -> Test | None:
    """Return what follows from a value that several ways gave: what is proved on each that can have given it.

    Args:
        base: What is proved whichever was taken.
        ways: For each, whether the value is true there, what follows from it, and what is proved.
    """
    found = list(ways)
    if all(refined is base and test is None for _, test, refined in found):
        return None
    true, false = [], []
    for known, own, refined in found:
        proved, test = changes_between(base, refined), own or Test()
        if known is not False:
            true.append((*proved, *test.when_true))
        if known is not True:
            false.append((*proved, *test.when_false))
    when_true = reduce(common, true) if true else ()
    when_false = reduce(common, false) if false else ()
    return Test(when_true, when_false) if when_true or when_false else None
