"""What stands for something else: proxies, modules by name, ``flask.g`` as a mapping, functions with variants."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from ..interpreter.frames import Stop
from ..interpreter.modules import named_module
from ..interpreter.statements import entered
from ..interpreter.targets import assign_name
from ..values.objects import Function, Record
from ..values.value import NONE, UNKNOWN, Value, join
from .registry import on_call, on_decorator

if TYPE_CHECKING:
    from ..events import Call
    from ..interpreter.machine import Machine


@on_call("werkzeug.local.LocalProxy", "werkzeug.LocalProxy")
def proxy(call: Call) -> Value | None:
    """``LocalProxy(function)``: what the function returns."""
    function = call.arg(0, "local")
    if function is None or not function.refs:
        return None
    try:
        return call.machine.call(function, [], {}, call.node)
    except Stop:
        return UNKNOWN


@on_call("importlib.import_module", "__import__")
def imported(call: Call) -> Value | None:
    """A module of the project under a constant name."""
    name = call.arg(0, "name")
    if name is None or not name.known or not isinstance(name.constant, str) or name.constant.startswith("."):
        return None
    value = named_module(call.machine, name.constant)
    return value if value.refs else None


@on_call("?.enter_context", "?.enter_async_context")
def context_entered(call: Call) -> Value | None:
    """``stack.enter_context(manager)``."""
    return entered(call.machine, call.args[0], call.node) if call.args else None


def _globals(call: Call) -> Record | None:
    refs = call.receiver.refs if call.receiver is not None else ()
    return next((ref for ref in refs if isinstance(ref, Record)), None)


@on_call("flask.g.get", "flask.g.pop", "flask.g.setdefault")
def of_globals(call: Call) -> Value | None:
    """``g.get(name, default)``."""
    record, name = _globals(call), call.arg(0, "name")
    if record is None or name is None or not name.texts():
        return None
    word, default = name.texts()[0], call.arg(1, "default") or NONE
    found: Value | None = record.payload.get(word)
    if call.name == "setdefault" and found is None:
        call.machine.heap.write(record, {**record.payload, word: default})
    elif call.name == "pop" and found is not None:
        call.machine.heap.write(record, {key: item for key, item in record.payload.items() if key != word})
    if found is None:
        return default if call.name == "setdefault" else join(UNKNOWN, default)
    return found


@on_decorator("?.register", "?.register()")
def variant(machine: Machine, decorator: Value, value: Value, node: ast.AST) -> Value | None:
    """``@shown.register``: from here on the function of ``singledispatch`` can be this one too."""
    made = node.func if isinstance(node, ast.Call) else node
    if not isinstance(made, ast.Attribute) or not isinstance(made.value, ast.Name):
        return None
    general = machine.evaluate(made.value)
    if any(isinstance(ref, Function) for ref in general.refs):
        assign_name(machine, made.value.id, join(general, value))
    return value
