"""Comparisons, and what they prove: membership, equality, type."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from typing import Any, Final

from ..values.facts import BEGINS, CHECKED, EMPTY, lacking, lacks, safe_without
from ..values.objects import Mapping, Sequence
from ..values.refinement import Change, Test, of_everything
from ..values.taint import ALL, LETTERS, Use, both
from ..values.value import EITHER, MAX_CONSTANTS, Value
from .expressions import reach
from .items import SHORT
from .kinds import of_kind
from .machine import Machine, evaluates

_COMPARE: Final[dict[type[ast.cmpop], Callable[[Any, Any], bool]]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
CHOSEN: Final = LETTERS
"""What is settled where a text is one of the texts that the code allows."""


@evaluates(ast.Compare)
def compare(machine: Machine, node: ast.Compare) -> Value:
    """``a < b``; a chain holds where each of its links does."""
    left = machine.evaluate(node.left)
    known: bool | None = True
    when_true: tuple[Change, ...] = ()
    when_false: tuple[Change, ...] = ()
    for sign, right_node in zip(node.ops, node.comparators, strict=True):
        right = machine.evaluate(right_node)
        machine.listeners.compared(machine, node, sign, left, right)
        result, test = one_comparison(machine, sign, left, right)
        known = False if result is False or known is False else None if result is None or known is None else True
        when_true += test.when_true
        when_false = test.when_false if len(node.ops) == 1 else ()
        left = right
    consts = EITHER.consts if known is None else (known,)
    test = Test(when_true, when_false)
    return Value(consts=consts, test=test if when_true or when_false else None)


def one_comparison(machine: Machine, sign: ast.cmpop, left: Value, right: Value) -> tuple[bool | None, Test]:
    """Return the result where it is known, and what follows from it."""
    if isinstance(sign, (ast.Eq, ast.Is)):
        return _computed(ast.Eq, left, right), _of_answer(machine, left, right) or _equal(machine, left, right)
    if isinstance(sign, (ast.NotEq, ast.IsNot)):
        test = _of_answer(machine, left, right) or _equal(machine, left, right)
        return _computed(ast.NotEq, left, right), test.negated()
    if isinstance(sign, ast.In):
        return _contained(left, right), _member(machine, left, right)
    if isinstance(sign, ast.NotIn):
        inside = _contained(left, right)
        return (None if inside is None else not inside), _member(machine, left, right).negated()
    return _computed(type(sign), left, right), _ordered(machine, type(sign), left, right)


def _of_answer(machine: Machine, left: Value, right: Value) -> Test | None:
    """Return what follows where the answer of a test is compared: ``match is None``, ``is_known(name) is False``."""
    for one, other in ((left, right), (right, left)):
        if one.test is not None and other.is_only(None, False, True, 0):
            return _answered(one, other.constant)
        if one.derived is not None and one.derived[0] == "type" and other.path:
            return of_kind(machine, one.derived[1], {other.path})[1]
        if one.derived is not None and one.derived[0] == "length" and other.consts:
            return Test((_bounded(one, other),))
    return None


def _answered(value: Value, answer: Any) -> Test:
    """Return what it proves that a value is exactly ``None``, ``False``, ``True`` or 0: more than that it is false."""
    test: Test = (value.test if answer else value.test.negated()) if value.test is not None else Test()
    if value.consts is None:
        exact = answer is not True
    else:
        exact = all(item is answer or item == answer == 0 for item in value.consts if bool(item) is bool(answer))
    return test if exact else Test(test.when_true)


def _computed(kind: type[ast.cmpop], left: Value, right: Value) -> bool | None:
    if not left.consts or not right.consts or len(left.consts) * len(right.consts) > MAX_CONSTANTS:
        return _by_nature(kind, left, right)
    try:
        results = {bool(_COMPARE[kind](first, second)) for first in left.consts for second in right.consts}
    except TypeError:
        return None
    return results.pop() if len(results) == 1 else None


def _plain(value: Value) -> tuple[Any, ...] | list[Any] | None:
    """Return a list or tuple whose items are known."""
    ref = value.refs[0] if len(value.refs) == 1 and value.consts is None and not value.taint else None
    if not isinstance(ref, Sequence) or ref.kind not in ("list", "tuple") or ref.payload[1] is not None:
        return None
    if not all(item.known for item in ref.payload[0]):
        return None
    items = [item.constant for item in ref.payload[0]]
    return items if ref.kind == "list" else tuple(items)


def _by_nature(kind: type[ast.cmpop], left: Value, right: Value) -> bool | None:
    """Return whether an object, which is not ``None``, is ``None``; and of lists whose items are known, the result."""
    one, two = _plain(left), _plain(right)
    if one is not None and type(one) is type(two):
        try:
            return bool(_COMPARE[kind](one, two))
        except TypeError:
            return None
    if left.is_only(None) or right.is_only(None):
        other = right if left.is_only(None) else left
        if other.refs and not other.taint and other.consts is None and not other.path:
            return kind is ast.NotEq
    return None


CLIENTS: Final = both(ALL)
"""The bits that say that a client had a hand in a value; labels are none of them."""


def _equal(machine: Machine, left: Value, right: Value) -> Test:
    """Return what equality proves: a client's value that equals one of the code's is that one."""
    changes: list[Change] = list(vouched(machine, left, right))
    for one, other in ((left, right), (right, left)):
        if not machine.taint(one) & CLIENTS:
            continue
        if not (machine.taint(other) | reach(machine, other)[0]) & CLIENTS:
            facts = {CHECKED, EMPTY} if other.is_only("") else {CHECKED}
            changes.append(Change(one, CHOSEN, frozenset(facts), other.consts))
        elif other.derived is not None and other.derived[0] == "secured" and other.derived[1] is one:
            changes.append(Change(one, Use.PATH | Use.NAME))
        elif is_own_address(machine, other):
            changes.append(Change(one, _ADDRESS))
    return Test(tuple(changes))


def _is_peer(value: Value) -> bool:
    """Return whether a value is the address that the connection comes from."""
    derived = value.derived
    return derived is not None and (derived[0] == "peer" or (derived[0] == "address" and _is_peer(derived[1])))


def vouched(machine: Machine, left: Value, right: Value) -> tuple[Change, ...]:
    """Return what follows where the peer is one that the application knows: what it adds to the headers holds."""
    if not (_is_peer(left) or _is_peer(right)):
        return ()
    claims = [
        value
        for key, value in machine.reads.items()
        if isinstance(key, tuple) and key[0] == "client" and isinstance(key[1], str) and "forwarded" in key[1].lower()
    ]
    return tuple(Change(value, ALL) for value in claims)


_ADDRESS: Final = Use.HOST | Use.REDIRECT | Use.HREF


def is_own_address(machine: Machine, value: Value) -> bool:
    """Return whether a value is the host that the request was sent to: a client chooses it for itself alone."""
    taint = reach(machine, value)[0]
    return bool(taint & both(Use.REDIRECT)) and not taint & (LETTERS & ~_ADDRESS)


def _among_addresses(machine: Machine, left: Value, right: Value) -> Test:
    """Return what it proves of a host that it is among the application's own, or empty."""
    for ref in right.refs:
        if isinstance(ref, Sequence) and ref.payload[1] is None:
            items = ref.payload[0]
            own = [item for item in items if is_own_address(machine, item)]
            if own and all(item in own or not reach(machine, item)[0] for item in items):
                empty = any(item.is_only("") for item in items)
                facts = frozenset({CHECKED, EMPTY} if empty else {CHECKED})
                return Test((Change(left, _ADDRESS, facts),))
    return Test()


def _member(machine: Machine, left: Value, right: Value) -> Test:
    """Return what ``left in right`` proves."""
    if right.derived is not None and right.derived[0] == "parents" and not machine.taint(left) & both(Use.PATH):
        return Test((Change(right.derived[1], Use.PATH | Use.NAME),))
    if _is_peer(left):
        return Test(vouched(machine, left, right))
    if machine.taint(left):
        return _chosen(machine, left, right)
    if machine.taint(right) and left.known and isinstance(left.constant, str) and not right.refs:
        return Test((), (Change(right, facts=frozenset({lacks(left.constant)})),))
    return Test()


def _chosen(machine: Machine, left: Value, right: Value) -> Test:
    allowed = keys_of(right)
    if reach_of_keys(machine, right) & both(LETTERS):
        return _among_addresses(machine, left, right)
    consts = None
    if allowed is not None and 0 < len(allowed) <= MAX_CONSTANTS:
        consts = tuple(allowed)
    texts = right.texts()
    if texts and not right.refs:
        # Of a text it is a part: harmless, but not one of a few constants.
        consts = None
    facts = {CHECKED, EMPTY} if consts and "" in consts else {CHECKED}
    letters = _alphabet(left, allowed, texts)
    uses = CHOSEN if letters is None else safe_without(letters)
    chosen = Change(left, uses, frozenset(facts) if letters is None else lacking(letters), consts)
    return Test((chosen,), (*_outside(left), *_not_begun(left, right)))


def _alphabet(value: Value, allowed: list[Any] | None, texts: tuple[str, ...]) -> frozenset[str] | None:
    """Return the characters that a text's letter is one of: all texts of such letters are to be harmless."""
    if value.derived is None or value.derived[0] != "element" or value.derived[1].refs:
        return None
    letters = texts if allowed is None else [item for item in allowed if isinstance(item, str)]
    single = bool(letters) and (allowed is None or all(len(item) == 1 for item in letters))
    return frozenset("".join(letters)) if single else None


def chosen_from(machine: Machine, value: Value, allowed: Value) -> tuple[Change, ...]:
    """Return what it proves of a client's value that it is among others."""
    return _chosen(machine, value, allowed).when_true if machine.taint(value) else ()


def all_among(machine: Machine, within: Value, around: Value) -> Test:
    """Return what it proves of the items of a container that all of them are among those of another."""
    changes: tuple[Change, ...] = ()
    for ref in within.refs:
        if isinstance(ref, Sequence):
            items, rest = ref.payload
            for item in (*items, *([rest] if rest is not None else [])):
                changes += chosen_from(machine, item, around)
    return Test(of_everything(changes))


def _not_begun(left: Value, right: Value) -> tuple[Change, ...]:
    """Return what it proves that a text's first character is none of some: ``name[0] in "=+-@"``."""
    if left.derived is None or left.derived[2] not in (("item", 0), "first"):
        return ()
    letters = set("".join(right.texts())) if not right.refs else set(keys_of(right) or ())
    return (Change(left.derived[1], facts=frozenset(("does not begin", letter) for letter in letters)),)


def _outside(left: Value) -> tuple[Change, ...]:
    """Return what it proves of an address that it lies in none of the networks that are refused: some of it."""
    chain = left
    while chain.derived is not None and chain.derived[0] in ("same", "address", "resolved", "host", "element"):
        if chain.derived[0] == "address":
            return tuple(Change(value, demote=Use.HOST) for value in origins(left))
        chain = chain.derived[1]
    return ()


def origins(value: Value) -> list[Value]:
    """Return a value and what it was made of, the nearest first."""
    found = [value]
    while found[-1].derived is not None and len(found) < 12:
        found.append(found[-1].derived[1])
    return found


def reach_of_keys(machine: Machine, value: Value) -> int:
    """Return the taint of what a membership test compares with: of a mapping its keys alone."""
    taint = machine.taint(value)
    for ref in value.refs:
        if isinstance(ref, Mapping):
            taint |= machine.taint(ref.keys) if ref.keys is not None else 0
        elif isinstance(ref, Sequence):
            items, rest = ref.payload
            for item in (*items, *([rest] if rest is not None else [])):
                taint |= reach(machine, item)[0]
    return taint


def keys_of(value: Value) -> list[Any] | None:
    """Return the constants that a container is known to hold, or ``None``."""
    found: list[Any] = []
    for ref in value.refs:
        if isinstance(ref, Mapping) and ref.payload[1] is None:
            found += ref.payload[0]
        elif isinstance(ref, Sequence) and ref.payload[1] is None:
            if not all(item.known for item in ref.payload[0]):
                return None
            found += [item.constant for item in ref.payload[0]]
        else:
            return None
    return found if value.refs else None


def _contained(left: Value, right: Value) -> bool | None:
    if not left.known:
        return None
    if right.known and isinstance(right.constant, (str, bytes)) and isinstance(left.constant, type(right.constant)):
        return bool(operator.contains(right.constant, left.constant))
    allowed = keys_of(right)
    if allowed is None or right.taint or right.consts is not None:
        return None
    return any(type(item) is type(left.constant) and item == left.constant for item in allowed)


def _ordered(machine: Machine, kind: type[ast.cmpop], left: Value, right: Value) -> Test:
    """Return what an order proves: a text whose length has a bound is none of any length; of sets, see above."""
    below = kind in (ast.Lt, ast.LtE)
    if left.refs and right.refs:
        return all_among(machine, left, right) if below else all_among(machine, right, left)
    if left.test is not None and right.is_only(0) and kind is ast.Gt:
        return left.test
    if left.derived is not None and left.derived[0] == "length":
        test = Test((_bounded(left, right),))
        return test if below else test.negated()
    if right.derived is not None and right.derived[0] == "length":
        test = Test((_bounded(right, left),))
        return test.negated() if below else test
    return Test()


def _bounded(length: Value, bound: Value) -> Change:
    text: Value = length.derived[1] if length.derived is not None else length
    if bound.is_only(0):
        return Change(text, LETTERS, frozenset({EMPTY}))
    short = bound.known and isinstance(bound.constant, (int, float)) and bound.constant <= SHORT
    return Change(text, Use.LONG) if short else Change(text, demote=Use.LONG)


def prefix_test(value: Value, texts: tuple[str, ...]) -> Test:
    """Return what ``value.startswith(texts)`` proves."""
    when_true = [Change(value, facts=frozenset({(BEGINS, texts[0])}))] if len(texts) == 1 else []
    if len(texts) > 1 and all(text.lower().startswith(("http://", "https://", "mailto:", "/")) for text in texts):
        when_true = [Change(value, Use.HREF)]
    when_false = [Change(value, facts=frozenset(("does not begin", text) for text in texts))]
    return Test(tuple(when_true), tuple(when_false))


__all__ = ["all_among", "chosen_from", "compare", "keys_of", "one_comparison", "prefix_test", "reach_of_keys"]
