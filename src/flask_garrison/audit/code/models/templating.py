"""Texts with placeholders of the standard library, and texts that are laid out."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Final

from ..interpreter.expressions import entries_of, sequence, text_of_parts
from ..values.value import UNKNOWN, Value, constant
from .registry import on_call
from .support import carried

if TYPE_CHECKING:
    from ..events import Call

TEMPLATE: Final = "string.Template()"


@on_call("string.Template")
def template(call: Call) -> Value:
    """A template; it knows names and nothing below them."""
    source = call.arg(0, "template")
    made = carried(call, source, path=TEMPLATE)
    return made.but(derived=("template", source, None)) if source is not None else made


@on_call(f"{TEMPLATE}.substitute", f"{TEMPLATE}.safe_substitute")
def substituted(call: Call) -> Value:
    """``template.substitute(mapping, name=value)``."""
    owner = call.receiver
    source = owner.derived[1] if owner is not None and owner.derived is not None else None
    items, rest, _ = entries_of(call.machine, call.args[0]) if call.args else ({}, call.more, None)
    named = {**items, **call.keywords}
    if source is None or not source.known or not isinstance(source.constant, str):
        return carried(call, owner, rest, *named.values())
    parts, end = [], 0
    for found in string.Template.pattern.finditer(source.constant):
        parts.append(constant(source.constant[end : found.start()]))
        end = found.end()
        name = found["named"] or found["braced"]
        value = constant("$") if name is None else named.get(name, rest)
        parts.append(UNKNOWN if value is None else carried(call, value) if value.refs else value)
    return text_of_parts(call.machine, [*parts, constant(source.constant[end:])], call.node)


@on_call("textwrap.dedent", "textwrap.indent", "inspect.cleandoc", "textwrap.fill", "textwrap.shorten")
def laid_out(call: Call) -> Value | None:
    """The same text with other white space."""
    value = call.arg(0, "text")
    return value if value is not None and (value.taint or value.pieces) else None


@on_call("textwrap.wrap")
def wrapped(call: Call) -> Value:
    """The lines of a text."""
    return sequence([], laid_out(call) or UNKNOWN)
