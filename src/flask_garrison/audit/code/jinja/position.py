"""Where in its document a template stands while it is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import NamedTuple

from ...templates.jinja import HOLE, Kind, Piece
from ...templates.markup import Place, Tag, TagReader
from . import contexts
from .contexts import Where
from .scripts import TEMPLATE, Script
from .urls import url_context

_EVENT = re.compile(
    r"on[a-z\0]|[@:]\w|(?:data-)?hx-on|v-\w|(?:data-)?ng-\w|x-(?:data|init|show|bind|on|text|html|if|for|model|effect)\b"
)
_JAVASCRIPT = re.compile(r"\s*(?:module|(?:text|application)/(?:x-)?(?:java|ecma|j)script)?\s*(?:;|\Z)", re.IGNORECASE)
_JSON = re.compile(r"json|importmap|speculationrules", re.IGNORECASE)
_HOLE = Piece(Kind.EXPRESSION, "", 1)
_QUOTED = {'"': contexts.ATTRIBUTE, "'": contexts.ATTRIBUTE_SINGLE, "": contexts.ATTRIBUTE_UNQUOTED}
_DEPTHS = {Place.TEXT: 0, Place.COMMENT: 2, Place.RAW: 2}


class Mark(NamedTuple):
    """A place to come back to; what it holds is the position's own business."""

    state: object = None
    foreign: int = 0
    script: Script = Script()
    kind: str = contexts.SCRIPT


class Position:
    """A position in a document that has one context only, such as a plain text."""

    def __init__(self, context: str) -> None:
        self._context = context

    def where(self) -> Where:
        """Return where the next expression would stand."""
        return Where(self._context)

    def text(self, text: str) -> None:
        """Go past the author's text."""

    def hole(self) -> None:
        """Go past an expression."""

    def mark(self) -> Mark:
        """Return the present place."""
        return Mark()

    def go(self, mark: Mark) -> None:
        """Go back to a place."""

    def meet(self, marks: Sequence[Mark]) -> None:
        """Go on where branches that ended at these places meet."""


class HtmlPosition(Position, TagReader):
    """A position in HTML: the reader of tags, which also looks into scripts and values."""

    def __init__(self) -> None:
        TagReader.__init__(self)
        self._script = Script()
        self._kind = contexts.SCRIPT

    def text(self, text: str) -> None:
        """Go past the author's text."""
        self._data(text)

    def hole(self) -> None:
        """Go past an expression."""
        if self.place is Place.RAW:
            self._script = self._script.hole()
        else:
            self.read(_HOLE)

    def mark(self) -> Mark:
        """Return the present place."""
        return Mark(self.state, self._foreign, self._script, self._kind)

    def go(self, mark: Mark) -> None:
        """Go back to a place."""
        self.state, self._foreign, self._script, self._kind = mark  # type: ignore[assignment]

    def meet(self, marks: Sequence[Mark]) -> None:
        """Go on at the likeliest place (text before tags before comments), of those alike at the riskiest."""
        chosen, least = marks[-1], (9, 99)
        for mark in reversed(marks):
            self.go(mark)
            rank = (_DEPTHS.get(self.place, 1), _risk(self.where().context))
            if rank < least:
                chosen, least = mark, rank
        self.go(chosen)

    def raw_text(self, text: str) -> None:
        """Read on in a script."""
        if self._kind == contexts.SCRIPT and self.state.name == "script":
            self._script = self._script.feed(text)

    def end_tag(self, *, complete: bool) -> None:
        """Look at the type of a script that begins."""
        tag = self.state.tag
        super().end_tag(complete=complete)
        if tag is not None and self.place is Place.RAW:
            self._script, self._kind = Script(), _kind_of(tag)

    def where(self) -> Where:
        """Return where the next expression would stand."""
        place = self.place
        if place is Place.TEXT:
            return Where(contexts.TEXT)
        if place is Place.VALUE:
            return self._in_value()
        if place is Place.RAW:
            return Where(self._in_raw())
        if place is Place.COMMENT:
            return Where(contexts.COMMENT)
        return Where(contexts.TAG_NAME if place is Place.TAG else contexts.ATTRIBUTE_NAME)

    def _in_raw(self) -> str:
        if self.state.name == "style":
            return contexts.STYLE
        if self.state.name != "script":
            return contexts.RCDATA
        if self._kind != contexts.SCRIPT:
            return self._kind
        if self._script.in_string:
            return contexts.SCRIPT_STRING
        return contexts.SCRIPT_TEMPLATE if self._script.mode == TEMPLATE else contexts.SCRIPT

    def _in_value(self) -> Where:
        state = self.state
        context = _of_attribute(state.tag or Tag("", 1), state.name.lower(), state.value)
        if context is None or (context == contexts.URL_PART and not state.quote):
            context = _QUOTED[state.quote]
        return Where(context, state.quote)


def position_at(context: str) -> Position:
    """Return a position in a context, from which a block or an included template can go on."""
    opening = contexts.OPENINGS.get(context)
    if opening is None:
        return Position(context)
    position = HtmlPosition()
    position.text(opening)
    return position


def _of_attribute(tag: Tag, name: str, value: str) -> str | None:
    """Return the context that an attribute's name and the beginning of its value make, if they make one."""
    if _EVENT.match(name):
        script = Script()
        for index, text in enumerate(unescape(value).split(HOLE)):
            script = (script.hole() if index else script).feed(text)
        return contexts.EVENT_STRING if script.in_string or script.mode == TEMPLATE else contexts.EVENT
    if name == "style":
        return contexts.STYLE_ATTRIBUTE
    if name == "srcdoc":
        return contexts.SRCDOC
    return url_context(tag, name, value)


def _kind_of(tag: Tag) -> str:
    """Return what a script is for; one that browsers do not run is a template that some script reads as HTML."""
    types = tag.attributes.get("type", [""])
    if any(_JAVASCRIPT.match(kind) or HOLE in kind for kind in types):
        return contexts.SCRIPT
    return contexts.SCRIPT_JSON if any(map(_JSON.search, types)) else contexts.TEXT


def _risk(context: str) -> int:
    return contexts.RISKS.index(context) if context in contexts.RISKS else len(contexts.RISKS)
