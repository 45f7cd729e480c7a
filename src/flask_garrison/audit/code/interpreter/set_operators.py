"""Operators of sets: what is left over, what is in both, what is in one alone."""

from __future__ import annotations

import ast

from ..values.heap import everything
from ..values.objects import Sequence
from ..values.refinement import Test
from ..values.value import Value, join
from .comparisons import all_among
from .expressions import items_of, reach, sequence
from .machine import Machine

SIGNS = (ast.Sub, ast.BitAnd, ast.BitXor)


def of_sets(machine: Machine, sign: ast.operator, left: Value, right: Value) -> Value | None:
    """Return what an operator makes of two sets; of ``&`` the items are in both, so that the code's own are enough."""
    if not (_is_sequence(left) and _is_sequence(right)):
        return None
    sides = [_everything_in(machine, side) for side in (left, right)]
    if isinstance(sign, ast.Sub):
        # Where nothing is left over, all of it is among the others.
        changes = all_among(machine, left, right).when_true
        return sequence([], sides[0], "set").but(test=Test((), changes) if changes else None)
    if isinstance(sign, ast.BitXor):
        return sequence([], join(*sides), "set")
    return sequence([], min(sides, key=lambda side: reach(machine, side)[0].bit_count()), "set")


def _is_sequence(value: Value) -> bool:
    return any(isinstance(ref, Sequence) for ref in value.refs)


def _everything_in(machine: Machine, value: Value) -> Value:
    items, rest = items_of(machine, value)
    return everything(tuple(items), rest)
