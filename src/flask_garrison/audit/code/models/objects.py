"""Functions that make objects, or ask them for what they hold: fields, named tuples, properties, namespaces."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from ..interpreter.attributes import attributes_of
from ..interpreter.classes import FIELD, HIDDEN, fields_of, fill_container, new_instance
from ..interpreter.expressions import items_of
from ..values.objects import Class, Function, Instance, Mapping, Partial, Record, Scope, Sequence
from ..values.value import NONE, UNKNOWN, Value
from .registry import on_call, on_class
from .support import receivers

if TYPE_CHECKING:
    from ..events import Call
    from ..interpreter.machine import Machine

VARIABLE: Final = "contextvars.ContextVar()"


@on_call("dataclasses.field", "attr.ib", "attr.attrib", "attr.field", "attrs.field")
def field(call: Call) -> Value:
    """A field of a record, and how its default is made."""
    factory = call.arg(None, "default_factory", "factory")
    if factory is not None:
        return Value(path=FIELD, derived=("factory", factory, None))
    init, default = call.arg(None, "init"), call.arg(None, "default")
    hidden = init is not None and init.is_only(False)
    return Value(path=FIELD, derived=("default", default or UNKNOWN, HIDDEN if hidden else None))


@on_call("collections.namedtuple", "typing.NamedTuple")
def named_tuple(call: Call) -> Value | None:
    """``namedtuple("Pair", "first second")``: a class of the project."""
    name, given = call.arg(0, "typename"), call.arg(1, "field_names", "fields")
    if name is None or given is None or not name.texts():
        return None
    node = ast.copy_location(ast.ClassDef(name.texts()[0], [], [], [], []), call.node)
    scope = Scope(call.machine.scope, "class")
    made = Class(name.texts()[0], node, call.source, (Value(path="typing.NamedTuple"),), scope)
    made.fields = dict.fromkeys(_names(call, given), ast.Constant(None))
    return Value(refs=(made,))


def _names(call: Call, given: Value) -> list[str]:
    if given.known and isinstance(given.constant, str):
        return given.constant.replace(",", " ").split()
    names: list[str] = []
    for item in items_of(call.machine, given)[0]:
        first = items_of(call.machine, item)[0][0] if item.refs else item
        names += first.texts()
    return names


@on_call("?._replace", "dataclasses.replace", "attr.evolve", "attrs.evolve")
def replaced(call: Call) -> Value | None:
    """A copy with other fields."""
    value = call.receiver if call.path.startswith("?") or call.path.endswith("_replace") else call.arg(0)
    copies = []
    for ref in value.refs if value is not None else ():
        if isinstance(ref, Instance):
            copy = new_instance(ref.cls, [])
            copy.payload = {**ref.payload, **call.keywords}
            if isinstance(ref.inner, Sequence):
                names = fields_of(ref.cls)
                copy.inner = Sequence(tuple(copy.payload.get(name, UNKNOWN) for name in names), None, ref.inner.kind)
            copies.append(copy)
    return Value(refs=tuple(copies)) if copies else None


@on_call("?._asdict", "dataclasses.asdict", "attr.asdict", "attrs.asdict", "vars")
def as_mapping(call: Call) -> Value | None:
    """The attributes of an object by name."""
    value = call.receiver if call.path.endswith("._asdict") else call.arg(0)
    if value is None or not any(isinstance(ref, (Instance, Record)) for ref in value.refs):
        return Value(refs=(Mapping({}, UNKNOWN),)) if call.path == "vars" else None
    return attributes_of(value)


@on_call("types.SimpleNamespace", "argparse.Namespace")
def namespace(call: Call) -> Value | None:
    """An object with the attributes that it is given."""
    if call.more is not None:
        return None
    return Value(refs=(Record(dict(call.keywords)),))


@on_call("threading.local", "gevent.local.local", "werkzeug.local.Local", "eventlet.corolocal.local")
def local(call: Call) -> Value:
    """Attributes of which each thread has its own."""
    return Value(refs=(Record({}),))


@on_call("contextvars.ContextVar")
def context_variable(call: Call) -> Value:
    """A variable of which each context has its own."""
    default = call.arg(None, "default")
    return Value(path=VARIABLE, refs=(Record({} if default is None else {"@value": default}),))


@on_call(f"{VARIABLE}.set", f"{VARIABLE}.get")
def of_variable(call: Call) -> Value:
    """``variable.set(value)``, ``variable.get()``."""
    found: Value | None = None
    for ref in call.receiver.refs if call.receiver is not None else ():
        if isinstance(ref, Record) and call.name == "set" and call.args:
            call.machine.heap.write(ref, {"@value": call.args[0]})
        elif isinstance(ref, Record):
            found = ref.payload.get("@value")
    return found or call.arg(0, "default") or UNKNOWN if call.name == "get" else UNKNOWN


@on_call("property")
def made_property(call: Call) -> Value | None:
    """``name = property(get, set)``."""
    getter, setter = call.arg(0, "fget"), call.arg(1, "fset")
    for ref in getter.refs if getter is not None else ():
        if isinstance(ref, Function):
            made = Function(ref.node, ref.source, ref.scope, ref.name)
            made.binding, made.defaults, made.setter = "property", ref.defaults, setter
            return Value(refs=(made,))
    return None


@on_call("functools.partialmethod")
def partial_method(call: Call) -> Value:
    """A method some of whose arguments are given."""
    if not call.args:
        return UNKNOWN
    return Value(refs=(Partial(call.args[0], tuple(call.args[1:]), dict(call.keywords), is_method=True),))


@on_call("object.__new__")
def new(call: Call) -> Value:
    """``super().__new__(cls)``: an object without attributes."""
    for ref in call.args[0].refs if call.args else ():
        if isinstance(ref, Class):
            return Value(refs=(new_instance(ref, call.args[1:]),))
    return UNKNOWN


@on_class("typing.TypedDict", "typing_extensions.TypedDict")
def typed_dict(
    machine: Machine, cls: Class, args: list[Value], keywords: dict[str, Value], node: ast.AST, more: Value | None
) -> Value | None:
    """``Row(name=value)``: a dictionary."""
    return machine.call(Value(path="dict"), args, keywords, node) if more is None else None


@on_call("dict().__init__", "list().__init__", "collections.UserDict().__init__", "collections.UserList().__init__")
def container(call: Call) -> Value:
    """``super().__init__(...)`` in a class that derives from a container."""
    for ref in receivers(call):
        fill_container(call.machine, ref, call.args, call.keywords, call.node)
    return NONE
