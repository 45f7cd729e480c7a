"""Methods of lists, dictionaries and sets, and of what behaves like them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..interpreter.attributes import part_of
from ..interpreter.comparisons import chosen_from
from ..interpreter.expressions import entries_of, items_of, sequence
from ..interpreter.heap_writes import extend, remove_item, set_item
from ..interpreter.items import as_key, item_of, item_of_mapping, prove_key
from ..values.heap import everything, joined_optional
from ..values.objects import Instance, Mapping, Record, Sequence, Super, Thing, contents
from ..values.refinement import Test
from ..values.value import NONE, UNKNOWN, Value, constant, join, truth
from .registry import on_call
from .support import carried

if TYPE_CHECKING:
    from ..events import Call


def _refs(call: Call) -> Iterator[Thing]:
    """Yield the containers that a method is called on, through ``super()`` as well."""
    for ref in call.receiver.refs if call.receiver is not None else ():
        if isinstance(ref, Super):
            yield from map(contents, ref.receiver.refs)
        else:
            yield contents(ref)


def _sequences(call: Call) -> list[Sequence]:
    return [ref for ref in _refs(call) if isinstance(ref, Sequence)]


def _mappings(call: Call) -> list[Mapping]:
    return [ref for ref in _refs(call) if isinstance(ref, Mapping)]


def _certain(call: Call) -> bool:
    return call.receiver is not None and len(call.receiver.refs) == 1


@on_call("?.append", "?.add", "?.appendleft", "?.put", "?.put_nowait")
def append(call: Call) -> Value | None:
    """``items.append(item)``."""
    lists = _sequences(call)
    if not lists or not call.args:
        return None
    for ref in lists:
        if call.name == "appendleft":
            old, rest = ref.payload
            call.machine.heap.write(ref, ((call.args[0], *old), rest))
        else:
            extend(call.machine, ref, [call.args[0]], None, certain=_certain(call))
    return NONE


@on_call("?.extend", "?.update")
def extend_all(call: Call) -> Value | None:
    """``items.extend(others)``, ``mapping.update(other, name=value)``."""
    lists, mappings = _sequences(call), _mappings(call)
    for ref in lists:
        items, rest = items_of(call.machine, call.args[0]) if call.args else ([], None)
        extend(call.machine, ref, items, rest, certain=_certain(call))
    for mapping in mappings:
        _update(call, mapping)
        _set_attributes(call, mapping)
    return NONE if lists or mappings else None


def _set_attributes(call: Call, ref: Mapping) -> None:
    """Set the attributes of the object whose ``__dict__`` was updated."""
    made = call.receiver.derived if call.receiver is not None else None
    for owner in made[1].refs if made is not None and made[0] == "attributes" else ():
        if isinstance(owner, (Instance, Record)):
            call.machine.heap.write(owner, {**owner.payload, **ref.payload[0]})


def _update(call: Call, ref: Mapping) -> None:
    if call.args:
        items, rest, keys = _entries(call, call.args[0])
        for key, value in items.items():
            set_item(call.machine, ref, constant(key), value, certain=_certain(call))
        if rest is not None:
            set_item(call.machine, ref, keys or UNKNOWN, rest, certain=False)
    for name, value in call.keywords.items():
        set_item(call.machine, ref, constant(name), value, certain=_certain(call))
    if call.more is not None:
        set_item(call.machine, ref, UNKNOWN, call.more, certain=False)


def _entries(call: Call, value: Value) -> tuple[dict[Any, Value], Value | None, Value | None]:
    """Return the entries of a mapping, or of pairs."""
    if any(isinstance(contents(ref), Sequence) for ref in value.refs):
        return _from_pairs(call, *items_of(call.machine, value))
    return entries_of(call.machine, value)


@on_call("?.insert")
def insert(call: Call) -> Value | None:
    """``items.insert(position, item)``."""
    lists = _sequences(call)
    if not lists or len(call.args) < 2:
        return None
    where, item = call.args[0], call.args[1]
    for ref in lists:
        items, rest = ref.payload
        if where.known and isinstance(where.constant, int) and rest is None:
            changed = list(items)
            changed.insert(where.constant, item)
            call.machine.heap.write(ref, (tuple(changed), None))
        else:
            call.machine.heap.write(ref, ((), join(everything(items, rest), item)))
    return NONE


@on_call("?.pop", "?.popleft", "?.get_nowait")
def pop(call: Call) -> Value | None:
    """``items.pop(position)``, ``mapping.pop(key, default)``."""
    found: Value | None = None
    for ref in _sequences(call):
        found = joined_optional(found, _pop_item(call, ref))
    for mapping in _mappings(call):
        key = call.arg(0) or UNKNOWN
        found = joined_optional(found, _get(call, mapping, key))
        remove_item(call.machine, mapping, key)
    return found


def _pop_item(call: Call, ref: Sequence) -> Value:
    items, rest = ref.payload
    where = (call.arg(0) if call.name == "pop" else None) or constant(-1 if call.name == "pop" else 0)
    if rest is None and where.known and isinstance(where.constant, int) and -len(items) <= where.constant < len(items):
        found: Value = items[where.constant]
        remove_item(call.machine, ref, where)
        return found
    return everything(items, rest)


@on_call("?.remove", "?.discard", "?.clear", "?.sort", "?.reverse", "?.popitem")
def rearranged(call: Call) -> Value | None:
    """Methods after which the order is no longer known, or nothing is left."""
    lists, mappings = _sequences(call), _mappings(call)
    for ref in (*lists, *mappings):
        items, rest = ref.payload
        if call.name == "clear":
            call.machine.heap.write(ref, ((), None) if isinstance(ref, Sequence) else ({}, None))
        elif isinstance(ref, Sequence) and call.name == "reverse" and rest is None:
            call.machine.heap.write(ref, (items[::-1], None))
        elif isinstance(ref, Sequence) and items and call.name in ("sort", "remove", "discard"):
            call.machine.heap.write(ref, ((), everything(items, rest)))
    if call.name == "popitem":
        return _any_pair(mappings[0]) if mappings else None
    return NONE if lists or mappings else None


def _any_pair(ref: Mapping) -> Value:
    items, rest = ref.payload
    names = [constant(key) for key in items]
    key = everything(tuple(names), None if rest is None else ref.keys or UNKNOWN)
    return _pair(key, everything(tuple(items.values()), rest))


@on_call("?.get", "?.setdefault")
def get(call: Call) -> Value | None:
    """``mapping.get(key, default)``."""
    mappings = _mappings(call)
    if not mappings or not call.args:
        return pop(call) if call.name == "get" and _sequences(call) else _get_of_server(call)
    found: Value | None = None
    for ref in mappings:
        found = joined_optional(found, _get(call, ref, call.args[0]))
        if call.name == "setdefault" and call.args[0].known and call.args[0].constant not in ref.payload[0]:
            value = _get(call, ref, call.args[0]) if ref.payload[1] is not None else call.arg(1) or NONE
            set_item(call.machine, ref, call.args[0], value, certain=_certain(call))
    return found


def _get_of_server(call: Call) -> Value | None:
    """Return what a container gives that no client had a hand in: that something was found proves the key."""
    receiver = call.receiver
    if call.name != "get" or len(call.args) != 1 or receiver is None or receiver.refs or receiver.taint:
        return None
    chosen = chosen_from(call.machine, call.args[0], receiver) if receiver.path.endswith("[]") else ()
    if not chosen:
        return None
    return carried(call, call.args[0], path=f"{call.path}()", uncertain=True).but(test=Test(chosen))


def _get(call: Call, ref: Mapping, key: Value) -> Value:
    items, rest = ref.payload
    key = as_key(key)
    default = call.arg(1, "default") or NONE
    if key.known and key.constant in items:
        found: Value = items[key.constant]
        return found
    if key.known and rest is None:
        return default
    inside = item_of_mapping(call.machine, ref, key) or UNKNOWN
    made = join(inside, default)
    chosen = chosen_from(call.machine, key, Value(refs=(ref,))) if truth(default) is False else ()
    # That something was found proves the key.
    return made.but(test=Test(chosen)) if chosen and made.test is None else made


@on_call("?.items")
def pairs(call: Call) -> Value | None:
    """``mapping.items()``."""
    mappings = _mappings(call)
    if not mappings:
        return _sent_pairs(call)
    found: list[Value] = []
    further: Value | None = None
    for ref in mappings:
        items, rest = ref.payload
        found += [_pair(constant(key), value) for key, value in items.items()]
        if rest is not None:
            further = joined_optional(further, _pair(ref.keys or UNKNOWN, rest))
    return sequence(found, further)


def _sent_pairs(call: Call) -> Value | None:
    """Return the pairs of a mapping that a client sent: both halves are the client's."""
    receiver = call.receiver
    if receiver is None or receiver.refs or not call.machine.taint(receiver) or receiver.path.startswith("pathlib."):
        return None
    name = part_of(call.machine, receiver, "a name", call.node)
    value = part_of(call.machine, receiver, "a value", call.node)
    return sequence([], _pair(name.but(path=""), value))


def _pair(key: Value, value: Value) -> Value:
    return Value(refs=(Sequence((key, value), None, "tuple"),))


@on_call("?.values")
def values(call: Call) -> Value | None:
    """``mapping.values()``."""
    mappings = _mappings(call)
    if not mappings:
        return None
    found = [value for ref in mappings for value in ref.payload[0].values()]
    rests = tuple(ref.payload[1] for ref in mappings if ref.payload[1] is not None)
    return sequence(found, everything(rests, None) if rests else None)


@on_call("?.keys")
def keys(call: Call) -> Value | None:
    """``mapping.keys()``."""
    mappings = _mappings(call)
    if not mappings:
        return None
    found = [constant(key) for ref in mappings for key in ref.payload[0]]
    others = tuple(ref.keys or UNKNOWN for ref in mappings if ref.payload[1] is not None)
    return sequence(found, everything(others, None) if others else None)


@on_call("dict", "collections.OrderedDict", "collections.UserDict", "types.MappingProxyType")
def make_dict(call: Call) -> Value:
    """``dict(pairs, name=value)``."""
    ref = Mapping()
    made = Value(refs=(ref,))
    if call.args:
        items, rest, ref.keys = _entries(call, call.args[0])
        ref.payload = (dict(items), rest)
    ref.payload = ({**ref.payload[0], **call.keywords}, joined_optional(ref.payload[1], call.more))
    return made


def _from_pairs(
    call: Call, pairs_: list[Value], further: Value | None
) -> tuple[dict[Any, Value], Value | None, Value | None]:
    items: dict[Any, Value] = {}
    rest: Value | None = None
    names: Value | None = None
    for pair in [*pairs_, *([further] if further is not None else [])]:
        both, _ = items_of(call.machine, pair)
        if len(both) != 2:
            rest = joined_optional(rest, pair)
            continue
        key = as_key(both[0])
        if key.known and isinstance(key.constant, (str, int, tuple)) and pair is not further:
            items[key.constant] = both[1]
        else:
            names, rest = joined_optional(names, both[0]), joined_optional(rest, both[1])
    return items, rest, names


@on_call(
    "list",
    "tuple",
    "set",
    "frozenset",
    "iter",
    "collections.deque",
    "reversed",
    "sorted",
    "enumerate",
    "zip",
    "itertools.chain",
    "itertools.islice",
)
def make_sequence(call: Call) -> Value | None:
    """Constructors of sequences, and functions that go through one."""
    machine = call.machine
    if call.path == "enumerate" and call.args:
        items, rest = items_of(machine, call.args[0])
        return sequence(
            [_pair(constant(n), item) for n, item in enumerate(items)],
            _pair(UNKNOWN, rest) if rest is not None else None,
        )
    if call.path == "zip":
        return _zip(call)
    found: list[Value] = []
    further: Value | None = None
    for argument in call.args if call.path == "itertools.chain" else call.args[:1]:
        items, rest = items_of(machine, argument)
        found += items
        further = joined_optional(further, rest)
    kind = {"tuple": "tuple", "set": "set", "frozenset": "set"}.get(call.path, "list")
    if call.path == "reversed":
        found.reverse()
    if call.path == "sorted" and further is None and not call.keywords and all(item.known for item in found):
        with contextlib.suppress(TypeError):
            return sequence(sorted(found, key=lambda item: item.constant))
    if call.path == "sorted" and found:
        return Value(refs=(Sequence((), everything(tuple(found), further), kind),))
    return sequence(found, further, kind)


def _zip(call: Call) -> Value:
    all_items = [items_of(call.machine, argument) for argument in call.args]
    if all(rest is None for _, rest in all_items) and all_items:
        rows = zip(*(items for items, _ in all_items), strict=False)
        return sequence([Value(refs=(Sequence(tuple(row), None, "tuple"),)) for row in rows])
    each = tuple(everything(tuple(items), rest) for items, rest in all_items)
    return sequence([], Value(refs=(Sequence(each, None, "tuple"),)))


@on_call("?.__getitem__")
def getitem(call: Call) -> Value | None:
    """``mapping.__getitem__(key)``."""
    for ref in _mappings(call) if call.args else ():
        prove_key(call.machine, ref, call.args[0])
        return item_of_mapping(call.machine, ref, call.args[0])
    for listed in _sequences(call) if call.args else ():
        return item_of(call.machine, Value(refs=(listed,)), call.args[0], call.node)
    return None


@on_call("?.__setitem__")
def setitem(call: Call) -> Value | None:
    """``mapping.__setitem__(key, value)``."""
    found: list[Mapping | Sequence] = [*_mappings(call), *_sequences(call)]
    if len(call.args) < 2 or not found:
        return None
    for ref in found:
        set_item(call.machine, ref, call.args[0], call.args[1], certain=_certain(call))
    return NONE
