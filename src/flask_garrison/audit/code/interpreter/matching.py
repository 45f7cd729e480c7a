"""``match``: each case proves something of the subject, and binds parts of it."""

from __future__ import annotations

import ast
from functools import partial

from ..values.heap import everything
from ..values.objects import Mapping
from ..values.refinement import Change, Test, common
from ..values.taint import LETTERS
from ..values.value import UNKNOWN, Value, constant, truth
from .attributes import attribute_of, item_of
from .branches import fork
from .comparisons import one_comparison
from .expressions import items_of, sequence
from .machine import Machine, executes
from .targets import assign_name


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
    if fits is False:
        return _cases(machine, subject, others)
    taken = partial(_case, machine, subject, first, others)
    if fits is True and first.guard is None:
        return taken()
    when_false = test.when_false if first.guard is None else ()
    return fork(machine, taken, partial(_cases, machine, subject, others), test.when_true, when_false)


def _case(machine: Machine, subject: Value, case: ast.match_case, others: list[ast.match_case]) -> bool:
    _bind(machine, subject, case.pattern)
    if case.guard is None:
        return machine.run(case.body)
    test = machine.evaluate(case.guard)
    known = truth(test)
    if known is False:
        return _cases(machine, subject, others)
    if test.test is not None:
        machine.refined = machine.refined.apply(test.test.when_true)
    return machine.run(case.body)


def _fits(machine: Machine, subject: Value, pattern: ast.pattern) -> tuple[bool | None, Test]:
    """Return whether a pattern fits, where that is known, and what follows."""
    if isinstance(pattern, ast.MatchValue):
        return one_comparison(machine, ast.Eq(), subject, machine.evaluate(pattern.value))
    if isinstance(pattern, ast.MatchSingleton):
        return one_comparison(machine, ast.Is(), subject, constant(pattern.value))
    if isinstance(pattern, ast.MatchOr):
        return _alternatives(machine, subject, pattern)
    if isinstance(pattern, ast.MatchAs):
        return (True, Test()) if pattern.pattern is None else _fits(machine, subject, pattern.pattern)
    if isinstance(pattern, ast.MatchClass):
        return None, _of_class(machine, subject, pattern)
    return None, Test()


def _alternatives(machine: Machine, subject: Value, pattern: ast.MatchOr) -> tuple[bool | None, Test]:
    results = [_fits(machine, subject, one) for one in pattern.patterns]
    when_true = results[0][1].when_true
    when_false: tuple[Change, ...] = ()
    for _, test in results:
        when_true = common(when_true, test.when_true)
        when_false += test.when_false
    known = (
        True
        if any(fits is True for fits, _ in results)
        else False
        if all(fits is False for fits, _ in results)
        else None
    )
    return known, Test(when_true, when_false)


def _of_class(machine: Machine, subject: Value, pattern: ast.MatchClass) -> Test:
    cls = machine.evaluate(pattern.cls)
    return Test((Change(subject, LETTERS),)) if cls.path in {"int", "float", "bool"} else Test()


def _bind(machine: Machine, subject: Value, pattern: ast.pattern) -> None:
    """Bind the names of a pattern."""
    if isinstance(pattern, ast.MatchAs):
        if pattern.pattern is not None:
            _bind(machine, subject, pattern.pattern)
        if pattern.name is not None:
            assign_name(machine, pattern.name, machine.resolve(subject))
    elif isinstance(pattern, ast.MatchSequence):
        _bind_sequence(machine, subject, pattern)
    elif isinstance(pattern, ast.MatchMapping):
        _bind_mapping(machine, subject, pattern)
    elif isinstance(pattern, ast.MatchClass):
        _bind_class(machine, subject, pattern)
    elif isinstance(pattern, ast.MatchOr):
        for one in pattern.patterns:
            _bind(machine, subject, one)


def _bind_sequence(machine: Machine, subject: Value, pattern: ast.MatchSequence) -> None:
    items, rest = items_of(machine, subject)
    for number, one in enumerate(pattern.patterns):
        if isinstance(one, ast.MatchStar):
            if one.name is not None:
                assign_name(machine, one.name, sequence(items[number:], rest))
            continue
        value = items[number] if number < len(items) else rest if rest is not None else everything(tuple(items), rest)
        _fits(machine, value, one)
        _bind(machine, value, one)


def _bind_mapping(machine: Machine, subject: Value, pattern: ast.MatchMapping) -> None:
    for key, one in zip(pattern.keys, pattern.patterns, strict=True):
        value = item_of(machine, subject, machine.evaluate(key), key)
        _, test = _fits(machine, value, one)
        machine.refined = machine.refined.apply(test.when_true)
        _bind(machine, value, one)
    if pattern.rest is not None:
        mappings = tuple(ref for ref in subject.refs if isinstance(ref, Mapping))
        assign_name(machine, pattern.rest, subject if mappings or subject.taint else UNKNOWN)


def _bind_class(machine: Machine, subject: Value, pattern: ast.MatchClass) -> None:
    for word, one in zip(pattern.kwd_attrs, pattern.kwd_patterns, strict=True):
        value = attribute_of(machine, subject, word, pattern)
        _fits(machine, value, one)
        _bind(machine, value, one)
    for one in pattern.patterns:
        _bind(machine, subject, one)
