"""Copies of containers and objects."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..values.objects import Instance, Mapping, Sequence, Thing
from ..values.value import Value
from .registry import on_call

if TYPE_CHECKING:
    from ..events import Call


@on_call("?.copy", "copy.copy", "copy.deepcopy")
def copy(call: Call) -> Value | None:
    """A copy that later changes do not reach; a deep one nor do changes of what is inside."""
    value = call.args[0] if call.path.startswith("copy.") and call.args else call.receiver
    if value is None:
        return None
    copies = tuple(_copied(ref, 4 if call.path.endswith("deepcopy") else 0) for ref in value.refs)
    return value.but(refs=copies) if copies else value if value.taint else None


def _copied(ref: Thing, depth: int) -> Thing:
    """Return a copy of a container or an object, so many levels deep below itself."""

    def inside(value: Value | None) -> Value | None:
        if value is None or not value.refs or not depth:
            return value
        return value.but(refs=tuple(_copied(one, depth - 1) for one in value.refs))

    if isinstance(ref, (Sequence, Mapping)):
        made = copy_of(ref)
        if depth:
            items, rest = ref.payload
            made.payload = (_each(items, inside), inside(rest))
        return made
    if isinstance(ref, Instance):
        instance = Instance(ref.cls)
        instance.payload = _each(ref.payload, inside)
        instance.inner = copy_of(ref.inner) if ref.inner is not None else None
        return instance
    return ref


def copy_of(ref: Sequence | Mapping) -> Sequence | Mapping:
    """Return a container that holds the same."""
    if isinstance(ref, Sequence):
        copied = Sequence(kind=ref.kind)
        copied.payload = ref.payload
        return copied
    made = Mapping(keys=ref.keys)
    made.payload, made.factory = ref.payload, ref.factory
    return made


def _each(items: Any, change: Callable[[Value | None], Value | None]) -> Any:
    if isinstance(items, dict):
        return {name: change(item) for name, item in items.items()}
    return tuple(change(item) for item in items)
