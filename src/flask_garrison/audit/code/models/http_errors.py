"""Errors of HTTP: what they are raised with, their handlers show."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from ..interpreter.frames import Stop
from ..values.heap import joined_optional
from ..values.taint import MARKUP
from ..values.value import UNKNOWN, Value
from .registry import on_attribute, on_call
from .support import cleaned

if TYPE_CHECKING:
    from ..events import Call
    from ..interpreter.machine import Machine

_NAMES: Final = (
    *("HTTPException", "BadRequest", "Unauthorized", "Forbidden", "NotFound", "MethodNotAllowed", "NotAcceptable"),
    *("Conflict", "Gone", "PreconditionFailed", "RequestEntityTooLarge", "UnsupportedMediaType", "UnprocessableEntity"),
    *("TooManyRequests", "InternalServerError", "NotImplemented", "BadGateway", "ServiceUnavailable", "Locked"),
)


def note_description(call: Call, value: Value | None) -> None:
    """Keep a text of a client that an error is raised with."""
    if value is not None and call.machine.taint(value):
        call.machine.descriptions = joined_optional(call.machine.descriptions, value)


@on_call(*(f"werkzeug.exceptions.{name}" for name in _NAMES))
def http_error(call: Call) -> Value:
    """``NotFound(description)``."""
    description = call.arg(0, "description")
    note_description(call, description)
    return Value(path="@http_error", derived=("http_error", description or UNKNOWN, None))


@on_call("flask.abort")
def abort(call: Call) -> Value:
    """Control does not come back; the description is for a handler, or for a page that escapes it."""
    from ..interpreter.statements import leave_try

    note_description(call, call.arg(1, "description"))
    leave_try(call.machine)
    raise Stop


@on_attribute("@http_error.description", "@http_error.args")
def description(machine: Machine, value: Value, path: str, node: ast.AST) -> Value:
    """What the error was raised with."""
    if value.derived is not None and value.derived[0] == "http_error":
        return value.derived[1]
    return machine.descriptions or UNKNOWN


@on_call("@http_error.get_description", "@http_error.get_body")
def escaped(call: Call) -> Value:
    """Werkzeug's own page, in which it is escaped."""
    return cleaned(call, call.machine.descriptions, MARKUP)
