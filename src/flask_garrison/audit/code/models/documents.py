"""Document databases: what makes an identifier, and what a text, of a client's value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..values.taint import LETTERS, Use
from ..values.value import UNKNOWN, Value
from .registry import alias, on_call
from .support import cleaned, prove

if TYPE_CHECKING:
    from ..events import Call

alias({"bson.objectid.ObjectId": "bson.ObjectId", "mongoengine.ObjectId": "bson.ObjectId"})


@on_call("bson.ObjectId")
def identifier(call: Call) -> Value:
    """Twenty-four hexadecimal digits, or an error."""
    value = call.arg(0, "oid")
    prove(call, value, LETTERS)
    return cleaned(call, value, LETTERS) if value is not None else UNKNOWN


@on_call("bson.regex.Regex", "bson.Regex", "bson.code.Code", "bson.Code")
def wrapped(call: Call) -> Value:
    """A pattern or a script: no operators of a client's."""
    return cleaned(call, call.arg(0), Use.NOSQL | Use.FIELDS)
