"""More containers: with a factory, of counts, queues, unions; and methods called on their class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..interpreter.comparisons import all_among
from ..interpreter.expressions import entries_of, items_of, sequence
from ..interpreter.items import as_key
from ..values.heap import everything, joined_optional
from ..values.objects import Mapping, Sequence, contents
from ..values.refinement import Test
from ..values.value import UNKNOWN, Value
from .containers import make_dict
from .registry import on_call

if TYPE_CHECKING:
    from ..events import Call


@on_call("collections.defaultdict")
def with_factory(call: Call) -> Value | None:
    """``defaultdict(factory, ...)``: what is missing is made by the factory."""
    factory = call.args[0] if call.args else None
    del call.args[:1]
    made = make_dict(call)
    for ref in made.refs if made is not None else ():
        if isinstance(ref, Mapping):
            ref.factory = factory
    return made


@on_call("collections.ChainMap")
def chained(call: Call) -> Value:
    """``ChainMap(first, second)``: what the first has hides what the second has."""
    items: dict[object, Value] = {}
    rest: Value | None = None
    for given in reversed(call.args):
        more, further, _ = entries_of(call.machine, given)
        items.update(more)
        rest = joined_optional(rest, further)
    return Value(refs=(Mapping(items, rest),))


@on_call("dict.fromkeys", "collections.OrderedDict.fromkeys")
def from_keys(call: Call) -> Value | None:
    """``dict.fromkeys(keys, value)``."""
    if not call.args:
        return None
    names, rest = items_of(call.machine, call.args[0])
    value = call.arg(1, "value") or UNKNOWN
    keys = [as_key(name) for name in names]
    found = {key.constant: value for key in keys if key.known}
    others = [key for key in keys if not key.known] + ([rest] if rest is not None else [])
    return Value(refs=(Mapping(found, value, everything(tuple(others), None)) if others else Mapping(found),))


@on_call("collections.Counter")
def counter(call: Call) -> Value:
    """``Counter(items)``: the items are its keys."""
    if not call.args:
        return Value(refs=(Mapping({}, UNKNOWN),))
    names, rest = items_of(call.machine, call.args[0])
    return Value(refs=(Mapping({}, UNKNOWN, everything(tuple(names), rest)),))


@on_call("?.most_common", "?.elements")
def counted(call: Call) -> Value | None:
    """The items of a counter, with how often each came."""
    for ref in call.receiver.refs if call.receiver is not None else ():
        if isinstance(ref, Mapping):
            key = ref.keys or UNKNOWN
            pair = Value(refs=(Sequence((key, UNKNOWN), None, "tuple"),))
            return sequence([], pair if call.name == "most_common" else key)
    return None


@on_call(*(f"queue.{name}" for name in ("Queue", "LifoQueue", "PriorityQueue", "SimpleQueue")))
def queue(call: Call) -> Value:
    """A queue."""
    return sequence([])


@on_call("multiprocessing.Queue", "multiprocessing.SimpleQueue", "asyncio.Queue", "gevent.queue.Queue")
def other_queue(call: Call) -> Value:
    """A queue between processes or tasks."""
    return sequence([])


@on_call("?.union", "?.symmetric_difference")
def united(call: Call) -> Value | None:
    """What is in one of some sets."""
    receiver = call.receiver
    if receiver is None or not any(isinstance(contents(ref), Sequence) for ref in receiver.refs):
        return None
    whole: Value | None = None
    for given in (receiver, *call.args):
        items, rest = items_of(call.machine, given)
        if items or rest is not None:
            whole = joined_optional(whole, everything(tuple(items), rest))
    return sequence([], whole, "set")


@on_call("?.intersection", "?.difference")
def narrowed(call: Call) -> Value | None:
    """What is in a set and in others too, or in none of them: any of its items."""
    receiver = call.receiver
    if receiver is None or not any(isinstance(contents(ref), Sequence) for ref in receiver.refs):
        return None
    sides = [receiver, *(call.args if call.name == "intersection" else ())]
    found = [items_of(call.machine, side) for side in sides]
    items, rest = next((one for one in found if not everything(tuple(one[0]), one[1]).taint), found[0])
    made = sequence([], everything(tuple(items), rest) if items or rest is not None else None, "set")
    if call.name == "difference" and len(call.args) == 1:
        # Where nothing is left over, all of it is among the others.
        return made.but(test=Test((), all_among(call.machine, receiver, call.args[0]).when_true))
    return made


_UNBOUND = {
    "str": sorted(set(dir(str)) - {"maketrans"}),
    "bytes": sorted(set(dir(bytes)) - {"maketrans", "fromhex"}),
    "dict": sorted(set(dir(dict)) - {"fromkeys", "__init__"}),
    "list": sorted(set(dir(list)) - {"__init__"}),
    "set": sorted(set(dir(set)) - {"__init__"}),
}


@on_call(*(f"{kind}.{name}" for kind, names in _UNBOUND.items() for name in names if name != "__new__"))
def unbound(call: Call) -> Value | None:
    """``str.upper(text)``: the method of its first argument."""
    if not call.args:
        return None
    name = call.path.rpartition(".")[2]
    method = Value(path=f"?.{name}", derived=("method", call.args[0], name))
    return call.machine.call(method, call.args[1:], call.keywords, call.node)
