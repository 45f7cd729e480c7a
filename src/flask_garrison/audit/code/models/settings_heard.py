"""Flask's configuration: whatever way a setting is made, rules hear of its name and value."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from ..interpreter.expressions import entries_of
from ..naming import words_of
from ..values.objects import Class, Instance, Mapping, Module
from ..values.value import NONE, UNKNOWN, Value
from .flask_app import APP
from .registry import on_call, on_set

if TYPE_CHECKING:
    from ..events import Call
    from ..interpreter.machine import Machine
    from ..project.sources import Source

CONFIG: Final = f"{APP}.config"
_ATTRIBUTES: Final = {"debug": "DEBUG", "testing": "TESTING", "secret_key": "SECRET_KEY"}
_CHOICES: Final = ("dev", "test", "local", "debug", "ci")

Origin = tuple["Source", ast.AST]


def set_one(machine: Machine, node: ast.AST, name: str, value: Value, origin: Origin | None = None) -> None:
    """Put a setting into the configuration, and tell rules of it."""
    for ref in machine.lasting[CONFIG_KEY].refs if CONFIG_KEY in machine.lasting else ():
        if isinstance(ref, Mapping):
            items, rest = ref.payload
            machine.heap.write(ref, ({**items, name: value}, rest))
    machine.listeners.configured(machine, node, name, value, origin)


CONFIG_KEY: Final = "config"


@on_set(f"{CONFIG}[]")
def item(machine: Machine, owner: Value, key: Value, value: Value, node: ast.AST) -> None:
    """``app.config["DEBUG"] = True``; of a name that is one of some, each may be meant."""
    origin = (machine.frame.source, node) if isinstance(node, ast.Subscript) else None
    for name in key.texts():
        machine.listeners.configured(machine, node, name, value, origin)


@on_set(APP)
def attribute(machine: Machine, owner: Value, key: Value, value: Value, node: ast.AST) -> None:
    """``app.debug = True``."""
    name = _ATTRIBUTES.get(key.texts()[0] if key.texts() else "")
    if name is not None:
        set_one(machine, node, name, value, (machine.frame.source, node))
    elif key.is_only("config"):
        _all_of(machine, value, node)


@on_call(
    f"{CONFIG}.update", f"{CONFIG}.from_mapping", f"{CONFIG}.setdefault", f"{CONFIG}.__setitem__", f"{CONFIG}.__ior__"
)
def update(call: Call) -> Value:
    """``app.config.update(DEBUG=True)``, ``from_mapping(...)``."""
    if call.name in ("setdefault", "__setitem__"):
        if len(call.args) > 1:
            for name in call.args[0].texts():
                set_one(call.machine, call.node, name, call.args[1])
        return UNKNOWN if len(call.args) < 2 else call.args[1]
    for value in call.args:
        _all_of(call.machine, value, call.node)
    for name, value in call.keywords.items():
        set_one(call.machine, call.node, name, value, _of_keyword(call, name))
    return NONE


def _of_keyword(call: Call, name: str) -> Origin | None:
    """Return where the value of a keyword is written; of what ``**`` gives it is not here."""
    for keyword in getattr(call.node, "keywords", ()):
        if keyword.arg == name:
            return call.source, keyword.value
    return None


def _all_of(machine: Machine, value: Value, node: ast.AST) -> None:
    for name, one in entries_of(machine, value)[0].items():
        if isinstance(name, str):
            set_one(machine, node, name, one)


@on_call(f"{CONFIG}.from_object")
def from_object(call: Call) -> Value:
    """``app.config.from_object(Production)``: a class, a module, an object, or the path of one."""
    value = call.arg(0, "obj") or UNKNOWN
    found = list(_objects(call.machine, value))
    for thing in found:
        if _is_for_tests(thing) or (len(found) > 1 and _is_for_development(thing)):
            continue
        for name, one, origin in _settings_of(thing):
            set_one(call.machine, call.node, name, one, origin)
    return NONE


def _objects(machine: Machine, value: Value) -> Iterator[Class | Module]:
    for text in value.texts():
        yield from _by_path(machine, text)
    for ref in value.refs:
        if isinstance(ref, Instance):
            yield ref.cls
        elif isinstance(ref, (Class, Module)):
            yield ref


def _by_path(machine: Machine, path: str) -> Iterator[Class | Module]:
    """Yield the class or module of the project that a text names, as Flask imports it."""
    from ..interpreter.attributes import of_module

    parent, _, name = path.replace(":", ".").rpartition(".")
    for dotted, last in ((path, ""), (parent, name)):
        full = machine.modules.resolve(dotted, machine.frame.source) if dotted else None
        module = machine.loader.module(full) if full is not None else None
        if module is None:
            continue
        if not last:
            machine.loader.ensure(machine, module)
            yield module
            return
        found = of_module(machine, module, last)
        yield from (ref for ref in (found.refs if found is not None else ()) if isinstance(ref, Class))


def _is_for_development(thing: Class | Module) -> bool:
    return any(word in thing.name.lower() for word in _CHOICES)


def _is_for_tests(thing: Class | Module) -> bool:
    """Return whether settings are those of tests, by the name of what holds them or of what it derives from."""
    names = [one.name for one in thing.ancestors()] if isinstance(thing, Class) else [thing.name]
    return any({"test", "tests", "testing"}.intersection(words_of(name)) for name in names)


def _settings_of(thing: Class | Module) -> Iterator[tuple[str, Value, Origin | None]]:
    if isinstance(thing, Module):
        for name, value in thing.scope.payload.items():
            if name.isupper():
                yield name, value, None
        return
    seen: set[str] = set()
    for cls in thing.ancestors():
        for name, value in cls.scope.payload.items():
            if name.isupper() and name not in seen:
                seen.add(name)
                yield name, value, _written(cls, name)


def _written(cls: Class, name: str) -> Origin:
    """Return where a class sets a name."""
    for statement in cls.node.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == name for target in targets):
            return cls.source, statement
    return cls.source, cls.node


@on_call("flask_garrison.Garrison", "flask_garrison.Garrison().init_app")
def garrison(call: Call) -> Value:
    """The guard: what it enforces at run time need not be asked for in code."""
    call.machine.notes["garrison"] = True
    return Value(path="flask_garrison.Garrison()")


__all__ = ["CONFIG", "set_one"]
