"""Tables for spreadsheets: rows that are written, and frames."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..interpreter.expressions import held, sequence
from ..values.objects import Instance, Mapping, Sequence
from ..values.pieces import Hole
from ..values.taint import Use, without
from ..values.value import NONE, Value
from .files import BUFFER
from .registry import on_call
from .support import carried

if TYPE_CHECKING:
    from ..events import Call


def cells_of(call: Call, value: Value | None, depth: int = 0) -> Iterator[Hole]:
    """Yield the parts of rows that a client controls and with which a cell begins."""
    if value is None or depth > 3:
        return
    value = call.machine.resolve(value)
    held = False
    for ref in value.refs:
        if isinstance(ref, (Sequence, Mapping)):
            items, rest = ref.payload
            held = True
            for item in [
                *(items.values() if isinstance(items, dict) else items),
                *([rest] if rest is not None else []),
            ]:
                yield from cells_of(call, item, depth + 1)
        elif isinstance(ref, Instance):
            held = True
    if not held:
        for hole in call.tainted(value, Use.CELL):
            if not hole.before:
                yield hole


@on_call("pandas.DataFrame", "pandas.DataFrame.from_records", "pandas.DataFrame.from_dict", "polars.DataFrame")
def frame(call: Call) -> Value:
    """A frame; whether its cells can begin with what a client sends is judged now, where they are known."""
    data = call.arg(0, "data")
    made = carried(call, data, path="pandas.DataFrame()")
    if any(True for _ in cells_of(call, data)):
        return made
    return made.but(taint=without(made.taint, Use.CELL))


@on_call("?.writerow", "?.writerows", "?.writeheader")
def written(call: Call) -> Value:
    """Nothing comes back."""
    return NONE


@on_call("csv.reader", "csv.DictReader")
def rows(call: Call) -> Value | None:
    """The rows of a client's table."""
    source = call.arg(0, "f", "csvfile")
    for ref in source.refs if source is not None and source.path == BUFFER else ():
        source = held(ref)[0]
    cell = carried(call, source)
    if not cell.taint:
        return None
    row = Mapping({}, cell, cell) if call.path.endswith("DictReader") else Sequence((), cell)
    return sequence([], Value(refs=(row,)))
