"""Changes of containers: certain where the value can be one object alone, else what was there remains possible."""

from __future__ import annotations

from typing import Any

from ..values.heap import everything, joined_optional
from ..values.objects import MAX_ITEMS, Mapping, Sequence, held_as
from ..values.value import Value, join
from .expressions import overlaid
from .items import as_key
from .machine import Machine


def extend(machine: Machine, ref: Sequence, items: list[Value], rest: Value | None, *, certain: bool = True) -> None:
    """Append items to a list."""
    old, further = ref.payload
    if further is None and certain and len(old) + len(items) <= MAX_ITEMS:
        machine.heap.write(ref, ((*old, *items), rest))
        return
    added = everything(tuple(items), rest) if items or rest is not None else None
    payload = (old, joined_optional(further, added))
    machine.heap.write(ref, held_as(payload, truth=True) if certain and items else payload)


def set_item(machine: Machine, ref: Mapping | Sequence, key: Value, value: Value, *, certain: bool) -> None:
    """Put a value under a key."""
    if isinstance(ref, Sequence):
        _set_element(machine, ref, key, value, certain)
        return
    items, rest = ref.payload
    key = as_key(key)
    if key.consts and all(_plain(item) for item in key.consts):
        changed = dict(items)
        sure = certain and len(key.consts) == 1
        for const in key.consts:
            old = items.get(const, rest)
            changed[const] = value if sure or old is None else join(old, value)
        machine.heap.write(ref, (changed, rest) if certain else held_as((changed, rest), truth=None))
        return
    ref.keys = joined_optional(ref.keys, key)
    payload = (overlaid(items, value), joined_optional(rest, value))
    machine.heap.write(ref, held_as(payload, truth=True) if certain else payload)


def set_slice(
    machine: Machine, ref: Sequence, cut: slice | None, items: list[Value], rest: Value | None, *, certain: bool
) -> None:
    """Put items in place of a slice of a list; ``None`` where it is not known which."""
    old, further = ref.payload
    if cut is None or further is not None or rest is not None or not certain:
        added = everything(tuple(items), rest) if items or rest is not None else None
        machine.heap.write(ref, (old, joined_optional(further, added)))
        return
    changed = list(old)
    try:
        changed[cut] = items
    except ValueError:
        return
    machine.heap.write(ref, (tuple(changed), None))


def _set_element(machine: Machine, ref: Sequence, key: Value, value: Value, certain: bool) -> None:
    items, rest = ref.payload
    if certain and key.known and isinstance(key.constant, int) and -len(items) <= key.constant < len(items):
        changed = list(items)
        changed[key.constant] = value
        machine.heap.write(ref, (tuple(changed), rest))
        return
    machine.heap.write(ref, (tuple(join(item, value) for item in items), joined_optional(rest, value)))


def _plain(item: Any) -> bool:
    return isinstance(item, (str, int, float, bytes, bool, tuple, type(None)))


def remove_item(machine: Machine, ref: Mapping | Sequence, key: Value) -> None:
    """Take a key out of a container."""
    items, rest = ref.payload
    key = as_key(key)
    if not key.known:
        return
    if isinstance(ref, Mapping):
        if key.constant in items:
            machine.heap.write(ref, ({name: item for name, item in items.items() if name != key.constant}, rest))
    elif isinstance(key.constant, int) and -len(items) <= key.constant < len(items):
        number = key.constant % len(items)
        machine.heap.write(ref, (items[:number] + items[number + 1 :], rest))
