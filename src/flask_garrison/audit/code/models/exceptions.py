"""Exceptions that a handler is given: their texts tell of the inside, unless they were written for the client."""

from __future__ import annotations

import ast
import builtins
from typing import TYPE_CHECKING, Final

from ..values.objects import Class, Instance, Record, Sequence
from ..values.taint import Use
from ..values.value import NONE, UNKNOWN, Value
from .registry import on_attribute, on_call
from .support import receivers

if TYPE_CHECKING:
    from ..events import Call
    from ..interpreter.machine import Machine

EXCEPTION: Final = "@exception"
KIND: Final = "@kind"
"""The attribute of an exception of a library that says of what class it is."""
SOFT: Final = "the text of an exception about a value"
HARD: Final = "the text of an exception"
TRACE: Final = "a traceback"

_SPOKEN: Final = (
    *("werkzeug.exceptions", "marshmallow", "pydantic", "jsonschema", "wtforms", "flask_wtf", "itsdangerous", "jwt"),
    *(
        "flask_jwt_extended",
        "email_validator",
        "webargs",
        "cerberus",
        "voluptuous",
        "apispec",
        "flask_smorest",
        "@http",
    ),
    *("flask_restful", "flask_restx", "flask_limiter", "joserfc", "authlib", "connexion.exceptions", "schema."),
)
"""Libraries whose exceptions say what is wrong with a request: they are meant to be shown."""
_OF_VALUES: Final = frozenset(
    {"ValueError", "TypeError", "KeyError", "IndexError", "LookupError", "AssertionError", "UnicodeDecodeError"}
    | {"ZeroDivisionError", "OverflowError", "decimal.InvalidOperation", "json.JSONDecodeError", "binascii.Error"}
    | {"json.decoder.JSONDecodeError", "NotImplementedError", "PermissionError_", "ArithmeticError", "AttributeError"}
)


def exception_value(machine: Machine, kind: Value, node: ast.AST) -> Value:
    """Return the exception that a handler for some kinds is given."""
    kinds = _kinds(kind)
    own = [one for one in kinds if any(isinstance(ref, Class) for ref in one.refs)]
    if own and len(own) == len(kinds):
        refs = tuple(Instance(ref) for one in own for ref in one.refs if isinstance(ref, Class))
        return Value(path=EXCEPTION, refs=refs[:1])
    paths = {one.path or "Exception" for one in kinds if one not in own}
    if all(path.startswith(_SPOKEN) for path in paths):
        return Value(path="@http_error", derived=None)
    label = SOFT if all(path in _OF_VALUES or path.startswith(_SPOKEN) for path in paths) else HARD
    return Value(Use.DETAIL, path=EXCEPTION, step=machine.step(node, None, label=label))


def _kinds(kind: Value) -> list[Value]:
    for ref in kind.refs:
        if isinstance(ref, Sequence):
            return list(ref.payload[0]) or [kind]
    return [kind]


@on_attribute(*(f"{EXCEPTION}.{name}" for name in ("description", "name", "code", "status_code", "response")))
def spoken(machine: Machine, value: Value, path: str, node: ast.AST) -> Value | None:
    """What errors of HTTP alone have is meant for the client."""
    return UNKNOWN


@on_call(*(f"traceback.{name}" for name in ("format_exc", "format_exception", "format_exception_only", "format_tb")))
def trace(call: Call) -> Value:
    """A traceback as text."""
    lines = Value(Use.DETAIL, step=call.machine.step(call.node, None, label=TRACE))
    return lines if call.path.endswith("exc") else Value(refs=(Sequence((), lines),))


@on_call("sys.exc_info")
def current(call: Call) -> Value:
    """``(type, exception, traceback)``."""
    text = Value(Use.DETAIL, path=EXCEPTION, step=call.machine.step(call.node, None, label=HARD))
    return Value(refs=(Sequence((UNKNOWN, text, text), None, "tuple"),))


_BUILTIN: Final = tuple(
    name for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, BaseException)
)


@on_call(*_BUILTIN)
def made(call: Call) -> Value:
    """``ValueError(words)``: keeps what it is made with."""
    args = Value(refs=(Sequence(tuple(call.args), None, "tuple"),))
    return Value(path=f"{call.path}()", refs=(Record({"args": args, KIND: Value(path=call.path)}),))


@on_call(*(f"{name}().__init__" for name in _BUILTIN))
def remade(call: Call) -> Value:
    """``super().__init__(words)`` in a class of the project."""
    args = Value(refs=(Sequence(tuple(call.args), None, "tuple"),))
    for ref in receivers(call):
        call.machine.heap.write(ref, {**ref.payload, "args": args})
    return NONE
