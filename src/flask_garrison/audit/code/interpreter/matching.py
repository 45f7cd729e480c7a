"""``match``: each case proves something of the subject, and binds parts of it."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import partial
from typing import Final

from ..values.heap import everything
from ..values.objects import Instance, Mapping, Sequence
from ..values.refinement import Change, Test, by_itself, common
from ..values.value import UNKNOWN, Value, constant, truth
from .attributes import attribute_of
from .branches import fork
from .classes import fields_of
from .comparisons import keys_of, one_comparison
from .expressions import items_of, sequence
from .items import item_of
from .kinds import of_kind
from .machine import Machine, executes
from .protocols import member_of
from .targets import assign_name

Fit = tuple[bool | None, Test]
"""Whether a pattern fits, where that is known, and what follows."""
_ALWAYS: Final[Fit] = (True, Test())
_NEVER: Final[Fit] = (False, Test())


@executes(ast.Match)
def match(machine: Machine, node: ast.Match) -> bool:
    """``match``: the first case that fits is taken."""
    subject = machine.evaluate(node.subject)
    return _cases(machine, subject, node.cases)


def _cases(machine: Machine, subject: Value, cases: list[ast.match_case]) -> bool:
    if not cases:
        return True
    first, *others = cases
    fits, test = _fits(machine, subject, first.pattern)
    otherwise = partial(_cases, machine, subject, others)
    if fits is False:
        return otherwise()
    if fits is True:
        machine.refined = machine.refined.apply(test.when_true)
        _bind(machine, subject, first.pattern)
        return _guarded(machine, first) if first.guard is None else _by_guard(machine, first, first.guard, otherwise)
    taken = partial(_taken, machine, subject, first)
    return fork(machine, taken, otherwise, test.when_true, test.when_false if first.guard is None else ())


def _by_guard(machine: Machine, case: ast.match_case, guard: ast.expr, otherwise: partial[bool]) -> bool:
    """Run a case that fits if its guard lets it, and the others if not."""
    test = machine.evaluate(guard)
    known, proved = truth(test), by_itself(test)
    if known is not None:
        machine.refined = machine.refined.apply(proved.when_true if known else proved.when_false)
        return machine.run(case.body) if known else otherwise()
    return fork(machine, partial(machine.run, case.body), otherwise, proved.when_true, proved.when_false)


def _taken(machine: Machine, subject: Value, case: ast.match_case) -> bool:
    _bind(machine, subject, case.pattern)
    return _guarded(machine, case)


def _guarded(machine: Machine, case: ast.match_case) -> bool:
    """Run a case unless its guard is false; then the others are taken, which are run anyway."""
    if case.guard is not None:
        test = machine.evaluate(case.guard)
        if truth(test) is False:
            return False
        machine.refined = machine.refined.apply(by_itself(test).when_true)
    return machine.run(case.body)


# --- whether it fits -----------------------------------------------------------------------------------------------


def _fits(machine: Machine, subject: Value, pattern: ast.pattern) -> Fit:
    """Return whether a pattern fits, where that is known, and what follows."""
    match pattern:
        case ast.MatchValue(value):
            return one_comparison(machine, ast.Eq(), subject, machine.evaluate(value))
        case ast.MatchSingleton(value):
            return one_comparison(machine, ast.Is(), subject, constant(value))
        case ast.MatchOr(patterns):
            return _alternatives([_fits(machine, subject, one) for one in patterns])
        case ast.MatchAs(inner):
            return _ALWAYS if inner is None else _fits(machine, subject, inner)
        case ast.MatchSequence():
            return _fits_sequence(machine, subject, pattern)
        case ast.MatchMapping():
            return _fits_mapping(machine, subject, pattern)
        case ast.MatchClass():
            return _fits_class(machine, subject, pattern)
    return None, Test()


def _alternatives(results: list[Fit]) -> Fit:
    answers = {fits for fits, _ in results}
    known = True if True in answers else False if answers == {False} else None
    when_true = results[0][1].when_true
    for _, test in results[1:]:
        when_true = common(when_true, test.when_true)
    return known, Test(when_true, tuple(change for _, test in results for change in test.when_false))


def _together(results: Iterable[Fit]) -> Fit:
    """Return whether all of some patterns fit; that they do not says something where only one of them is in doubt."""
    found = list(results)
    if any(fits is False for fits, _ in found):
        return _NEVER
    doubtful = [test for fits, test in found if fits is None]
    when_true: tuple[Change, ...] = tuple(change for _, test in found for change in test.when_true)
    when_false = doubtful[0].when_false if len(doubtful) == 1 else ()
    return (None if doubtful else True), Test(when_true, when_false)


def _fits_sequence(machine: Machine, subject: Value, pattern: ast.MatchSequence) -> Fit:
    subject = machine.resolve(subject)
    if subject.consts is not None and not subject.refs:
        return _NEVER
    known = _length_fits(subject, pattern)
    if known is False:
        return _NEVER
    pairs = _items_for(machine, subject, pattern)
    return _together([(known, Test()), *(_fits(machine, value, one) for value, one in pairs)])


def _length_fits(subject: Value, pattern: ast.MatchSequence) -> bool | None:
    stars = sum(isinstance(one, ast.MatchStar) for one in pattern.patterns)
    wanted = len(pattern.patterns) - stars
    ref = subject.refs[0] if len(subject.refs) == 1 and not subject.taint else None
    if not isinstance(ref, Sequence):
        return False if isinstance(ref, (Mapping, Instance)) and not stars and ref.truth else None
    items, rest = ref.payload
    if rest is not None:
        return None
    return len(items) >= wanted if stars else len(items) == wanted


def _items_for(machine: Machine, subject: Value, pattern: ast.MatchSequence) -> list[tuple[Value, ast.pattern]]:
    """Return the values that the patterns of a sequence are for; of a star the list of what is left."""
    items, rest = items_of(machine, subject)
    patterns = pattern.patterns
    star = next((number for number, one in enumerate(patterns) if isinstance(one, ast.MatchStar)), len(patterns))
    behind = len(patterns) - star - 1
    found: list[tuple[Value, ast.pattern]] = []
    for number, one in enumerate(patterns):
        if number == star:
            end = len(items) - behind if rest is None else len(items)
            found.append((sequence(items[star:end], rest), one))
        elif number < star:
            found.append((_nth(machine, items, rest, number), one))
        else:
            found.append((_nth(machine, items, rest, number - len(patterns)), one))
    return found


def _nth(machine: Machine, items: list[Value], rest: Value | None, number: int) -> Value:
    """Return one item; of those that are not told apart, one that is a value of its own."""
    if rest is None or 0 <= number < len(items):
        return items[number] if -len(items) <= number < len(items) else UNKNOWN
    each = everything(tuple(items), rest) if number < 0 else rest
    if not each.taint or each.refs:
        return each
    key = (each, "item", number)
    found = machine.reads.get(key)
    if found is None:
        found = machine.reads[key] = each.but(derived=("element", each, None))
    return machine.resolve(found)


def _fits_mapping(machine: Machine, subject: Value, pattern: ast.MatchMapping) -> Fit:
    subject = machine.resolve(subject)
    if (subject.consts is not None and not subject.refs) or any(isinstance(ref, Sequence) for ref in subject.refs):
        return _NEVER
    ref = subject.refs[0] if len(subject.refs) == 1 and not subject.taint else None
    results: list[Fit] = [(None, Test())]
    for node, one in zip(pattern.keys, pattern.patterns, strict=True):
        key = machine.evaluate(node)
        if isinstance(ref, Mapping) and ref.payload[1] is None and key.known and key.constant not in ref.payload[0]:
            return _NEVER
        results.append(_fits(machine, item_of(machine, subject, key, node), one))
    return _together(results)


def _fits_class(machine: Machine, subject: Value, pattern: ast.MatchClass) -> Fit:
    cls = machine.evaluate(pattern.cls)
    subject = machine.resolve(subject)
    if cls.refs:
        kind: Fit = (_is_of(subject, cls), Test())
    else:
        kind = of_kind(machine, subject, {cls.path})
    if kind[0] is False:
        return _NEVER
    return _together([kind, *(_fits(machine, value, one) for value, one in _attributes_for(machine, subject, pattern))])


def _is_of(subject: Value, cls: Value) -> bool | None:
    """Return whether a value is an object of a class of the project, where that is known."""
    if subject.taint or not subject.refs:
        return False if subject.consts is not None else None
    answers = {
        isinstance(ref, Instance) and any(one in cls.refs for one in ref.cls.ancestors()) for ref in subject.refs
    }
    return answers.pop() if len(answers) == 1 else None


def _attributes_for(machine: Machine, subject: Value, pattern: ast.MatchClass) -> list[tuple[Value, ast.pattern]]:
    """Return the values that the patterns of a class are for."""
    found: list[tuple[Value, ast.pattern]] = []
    names = _positional(subject)
    for number, one in enumerate(pattern.patterns):
        known = number < len(names)
        found.append((attribute_of(machine, subject, names[number], pattern) if known else subject, one))
    for word, one in zip(pattern.kwd_attrs, pattern.kwd_patterns, strict=True):
        found.append((attribute_of(machine, subject, word, pattern), one))
    return found


def _positional(subject: Value) -> list[str]:
    """Return the attributes that a class's patterns without a name stand for."""
    for ref in subject.refs:
        if isinstance(ref, Instance):
            chosen = member_of(ref.cls, "__match_args__")
            return [str(name) for name in keys_of(chosen) or ()] if chosen is not None else fields_of(ref.cls)
    return []


# --- what it binds -------------------------------------------------------------------------------------------------


def _bind(machine: Machine, subject: Value, pattern: ast.pattern) -> None:
    """Bind the names of a pattern."""
    match pattern:
        case ast.MatchAs(inner, name):
            _bind_all(machine, [(subject, inner)] if inner is not None else [])
            _bind_name(machine, name, subject)
        case ast.MatchStar(name):
            _bind_name(machine, name, subject)
        case ast.MatchSequence():
            _bind_all(machine, _items_for(machine, subject, pattern))
        case ast.MatchMapping():
            _bind_mapping(machine, subject, pattern)
        case ast.MatchClass():
            _bind_all(machine, _attributes_for(machine, machine.resolve(subject), pattern))
        case ast.MatchOr(patterns):
            _bind_all(machine, [(subject, one) for one in patterns])


def _bind_all(machine: Machine, pairs: list[tuple[Value, ast.pattern]]) -> None:
    for value, one in pairs:
        _bind(machine, value, one)


def _bind_name(machine: Machine, name: str | None, value: Value) -> None:
    if name is not None:
        assign_name(machine, name, machine.resolve(value))


def _bind_mapping(machine: Machine, subject: Value, pattern: ast.MatchMapping) -> None:
    taken = [machine.evaluate(key) for key in pattern.keys]
    for key, node, one in zip(taken, pattern.keys, pattern.patterns, strict=True):
        _bind(machine, item_of(machine, subject, key, node), one)
    if pattern.rest is not None:
        assign_name(machine, pattern.rest, _left_over(subject, taken))


def _left_over(subject: Value, taken: list[Value]) -> Value:
    """Return what of a mapping no key of a pattern stands for."""
    ref = subject.refs[0] if len(subject.refs) == 1 and not subject.taint else None
    if not isinstance(ref, Mapping):
        return subject if subject.taint or subject.refs else UNKNOWN
    items, rest = ref.payload
    names = {key.constant for key in taken if key.known}
    return Value(refs=(Mapping({name: item for name, item in items.items() if name not in names}, rest, ref.keys),))
