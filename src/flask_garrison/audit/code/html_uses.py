"""For which uses a value must be harmless at a place in a page."""

from __future__ import annotations

import ast
import functools
from typing import Final, NamedTuple

from .jinja import contexts, lower
from .values.pieces import HOLE
from .values.taint import Use

_TEXTS: Final = frozenset({contexts.TEXT, contexts.RCDATA, contexts.COMMENT, contexts.SCRIPT_JSON})
_QUOTED: Final = frozenset({contexts.ATTRIBUTE, contexts.ATTRIBUTE_SINGLE, contexts.URL_PART, contexts.URL_MEDIA})
_ALWAYS: Final = {
    contexts.ATTRIBUTE_UNQUOTED: Use.SPACE,
    contexts.URL: Use.HREF,
    contexts.URL_CODE: Use.HREF | Use.HOST,
    contexts.URL_JAVASCRIPT: Use.SCRIPT,
    contexts.EVENT: Use.SCRIPT,
    contexts.EVENT_STRING: Use.SCRIPT,
    contexts.SCRIPT: Use.SCRIPT,
    contexts.SCRIPT_TEMPLATE: Use.SCRIPT,
    contexts.STYLE: Use.STYLE,
    contexts.ATTRIBUTE_NAME: Use.SPACE,
    contexts.TAG_NAME: Use.SPACE,
    contexts.SRCDOC: Use.HTML,
}
"""Where escaping does not help."""
_WORDS: Final = {
    contexts.TEXT: "between tags",
    contexts.RCDATA: "in a title or a text area",
    contexts.COMMENT: "in a comment",
    contexts.SCRIPT_JSON: "in a data block",
    contexts.ATTRIBUTE: "in an attribute",
    contexts.ATTRIBUTE_SINGLE: "in an attribute",
    contexts.URL_PART: "in an address",
    contexts.URL_MEDIA: "in an address",
    contexts.ATTRIBUTE_UNQUOTED: "in an attribute without quotes",
    contexts.URL: "as the beginning of a link, where javascript: runs",
    contexts.URL_CODE: "as the address of code",
    contexts.URL_JAVASCRIPT: "in a javascript: link",
    contexts.EVENT: "in an event handler",
    contexts.EVENT_STRING: "in an event handler",
    contexts.SCRIPT: "in a script",
    contexts.SCRIPT_STRING: "in a string of a script",
    contexts.SCRIPT_TEMPLATE: "in a template literal of a script",
    contexts.STYLE: "in a style sheet",
    contexts.STYLE_ATTRIBUTE: "in a style",
    contexts.ATTRIBUTE_NAME: "as an attribute's name",
    contexts.TAG_NAME: "as a tag's name",
    contexts.SRCDOC: "in the document of a frame",
}


class Place(NamedTuple):
    """A place in a page.

    Attributes:
        context: One of :mod:`.jinja.contexts`.
        quote: What ends the attribute's value, where it is in one.
    """

    context: str
    quote: str | None = None


def dangerous_uses(place: Place, escaped: bool) -> int:
    """Return the uses for which a value must be harmless where it is written."""
    uses = _ALWAYS.get(place.context, 0)
    if escaped:
        return uses
    if place.context in _TEXTS:
        return uses | Use.HTML
    if place.context in _QUOTED or place.quote:
        return uses | Use.QUOTE
    if place.context == contexts.SCRIPT:
        return uses | Use.HTML
    if place.context in (contexts.SCRIPT_STRING, contexts.STYLE_ATTRIBUTE):
        return uses | Use.SCRIPT
    return uses


def words(place: Place) -> str:
    """Return where that is, for people."""
    return _WORDS.get(place.context, "in the page")


@functools.lru_cache(4096)
def place_after(before: str) -> Place:
    """Return where a value stands in a page that begins with a text."""
    text = before[-4_000:].replace(HOLE, "x").replace("{", "(").replace("}", ")")
    try:
        body = lower(text + "{{ x }}", None).body
    except Exception:
        return Place(contexts.TEXT)
    for statement in body:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            call = statement.value
            context = call.args[1].value if isinstance(call.args[1], ast.Constant) else contexts.TEXT
            quote = next((word.value.value for word in call.keywords if isinstance(word.value, ast.Constant)), None)
            return Place(str(context), quote if isinstance(quote, str) else None)
    return Place(contexts.TEXT)
