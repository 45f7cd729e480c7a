"""The module ``itertools``, and operators as functions."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from ..interpreter.expressions import items_of, sequence
from ..interpreter.items import item_of
from ..interpreter.operators import combined
from ..values.heap import everything
from ..values.objects import Sequence
from ..values.value import UNKNOWN, Value
from .registry import on_call

if TYPE_CHECKING:
    from ..events import Call

_SIGNS: Final[dict[str, ast.operator]] = {
    "add": ast.Add(),
    "concat": ast.Add(),
    "iadd": ast.Add(),
    "mod": ast.Mod(),
    "mul": ast.Mult(),
    "or_": ast.BitOr(),
}


@on_call(*(f"operator.{name}" for name in _SIGNS))
def operator_called(call: Call) -> Value | None:
    """``operator.add(first, second)``."""
    if len(call.args) != 2:
        return None
    return combined(call.machine, call.node, _SIGNS[call.path.rpartition(".")[2]], call.args[0], call.args[1])


@on_call("operator.getitem")
def item_called(call: Call) -> Value | None:
    """``operator.getitem(owner, key)``."""
    return item_of(call.machine, call.args[0], call.args[1], call.node) if len(call.args) == 2 else None


def _any_of(call: Call, value: Value) -> Value:
    items, rest = items_of(call.machine, value)
    return everything(tuple(items), rest)


@on_call("itertools.chain.from_iterable")
def flattened(call: Call) -> Value | None:
    """The items of the items."""
    if not call.args:
        return None
    rows, rest = items_of(call.machine, call.args[0])
    found: list[Value] = []
    further = [] if rest is None else [_any_of(call, rest)]
    for row in rows:
        items, more = items_of(call.machine, row)
        found += items
        further += [more] if more is not None else []
    return sequence(found, everything(tuple(further), None) if further else None)


@on_call("itertools.groupby")
def grouped(call: Call) -> Value | None:
    """Pairs of a key and the items that have it."""
    if not call.args:
        return None
    item = _any_of(call, call.args[0])
    function = call.arg(1, "key")
    key = item if function is None else call.machine.call(function, [item], {}, call.node)
    return sequence([], Value(refs=(Sequence((key, sequence([], item)), None, "tuple"),)))


@on_call("itertools.product", "itertools.zip_longest")
def rows_of_all(call: Call) -> Value:
    """Rows of one item of each."""
    row = Value(refs=(Sequence(tuple(_any_of(call, one) for one in call.args), None, "tuple"),))
    return sequence([], row)


@on_call("itertools.permutations", "itertools.combinations", "itertools.pairwise", "itertools.batched")
def rows_of_one(call: Call) -> Value | None:
    """Rows of items of the same."""
    return sequence([], sequence([], _any_of(call, call.args[0]), "tuple")) if call.args else None


@on_call("itertools.repeat")
def repeated(call: Call) -> Value:
    """The same again and again."""
    return sequence([], call.arg(0, "object") or UNKNOWN)


@on_call("itertools.cycle", "itertools.takewhile", "itertools.dropwhile", "itertools.filterfalse", "itertools.compress")
def some_of(call: Call) -> Value | None:
    """Items of an iterable."""
    position = 1 if call.path.endswith(("while", "filterfalse")) else 0
    return sequence([], _any_of(call, call.args[position])) if len(call.args) > position else None


@on_call("itertools.tee")
def copies(call: Call) -> Value | None:
    """The same iterable twice."""
    return sequence([call.args[0], call.args[0]], None, "tuple") if call.args else None
