"""Texts that are filled in by ``format``, field by field."""

from __future__ import annotations

import re
import string
from functools import reduce
from typing import TYPE_CHECKING, Final

from ..interpreter.attributes import attribute_of
from ..interpreter.expressions import as_text, entries_of, represented, text_of_parts
from ..interpreter.items import item_of
from ..interpreter.operators import MARKED, MARKS, escaped
from ..interpreter.protocols import text_of_object
from ..labels import ALL_LABELS
from ..values.taint import Use
from ..values.value import UNKNOWN, Value, constant, join
from .registry import on_call
from .strings import computed
from .support import carried

if TYPE_CHECKING:
    from ..events import Call

_STEP: Final = re.compile(r"\.(?P<word>\w+)|\[(?P<key>[^\]]*)\]")
"""What stands behind the name of a field: an attribute or an item."""


@on_call("?.format_map")
def format_mapping(call: Call) -> Value | None:
    """``template.format_map(mapping)``."""
    from ..events import Call as Made

    if not call.args or call.receiver is None or call.receiver.refs:
        return None
    items, rest, _ = entries_of(call.machine, call.args[0])
    named = {key: item for key, item in items.items() if isinstance(key, str)}
    return format_text(Made(call.machine, call.node, call.path, "format", call.receiver, [], named, None, rest))


@on_call("?.format")
def format_text(call: Call) -> Value | None:
    """``template.format(values)``."""
    if call.receiver is None or call.receiver.refs:
        return None
    template = call.machine.resolve(call.receiver)
    known = computed(call) if MARKED not in template.facts else None
    if known is not None:
        return known
    texts = template.texts()
    if not texts or len(texts) != len(template.consts or ()):
        return carried(call, template, *call.values)
    return reduce(join, [_formatted(call, template, text) for text in texts])


def _formatted(call: Call, template: Value, source: str) -> Value:
    parts: list[Value] = []
    number = 0
    try:
        fields = list(string.Formatter().parse(source))
    except ValueError:
        return carried(call, *call.values)
    for text, field, spec, conversion in fields:
        if text:
            parts.append(constant(text))
        if field is None:
            continue
        part = _shown(call, _field(call, field, number), spec or "", conversion or "")
        parts.append(part)
        number += not field
    if MARKED in template.facts:
        return text_of_parts(call.machine, [escaped(part) for part in parts], call.node).but(facts=MARKS)
    return text_of_parts(call.machine, parts, call.node)


def _field(call: Call, field: str, number: int) -> Value | None:
    """Return the value that a field names: an argument, or an attribute or item of one."""
    name = _STEP.split(field, maxsplit=1)[0]
    if name == "" or name.isdigit():
        index = int(name or number)
        value = call.args[index] if index < len(call.args) else call.star
    else:
        value = call.keywords.get(name, call.more)
    for found in _STEP.finditer(field):
        word, key = found["word"], found["key"]
        if value is None:
            return None
        if word is not None:
            value = attribute_of(call.machine, value, word, call.node)
        else:
            value = item_of(call.machine, value, constant(int(key) if key.isdigit() else key), call.node)
    return value


def _shown(call: Call, value: Value | None, spec: str, conversion: str) -> Value:
    if value is None:
        return UNKNOWN
    if conversion in ("r", "a"):
        return represented(call.machine, value, call.node)
    if spec and value.refs:
        made = text_of_object(call.machine, value, ("__format__", "__str__"), call.node)
        if made is not None:
            return made
    if spec and spec[-1] in "bcdeEfFgGnoxX%" and not value.known:
        return Value(value.taint & (Use.CLIENT | ALL_LABELS), step=value.step)
    return as_text(call.machine, value, call.node) if value.refs else value
