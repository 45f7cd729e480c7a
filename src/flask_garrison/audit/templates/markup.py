"""The tags that an author wrote into a template, with lines, attributes and every branch's values.

A tokenizer for HTML as browsers read it, fed with the pieces of a template: text, expressions (holes, of unknown
content) and Jinja blocks. At ``{% else %}`` it goes back to where the branch began, so that both branches are read in
the state in which they will stand. Nothing inside scripts, styles, comments, textareas and the like is a tag.

The guard's tokenizer (:mod:`flask_garrison.guard.html`) sees what is sent, whole tags of one outcome; this one sees
what is written: lines, holes, and the attributes of all branches.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from ...guard.html import RAW_ELEMENTS
from .jinja import HOLE, Kind, Piece

_FOREIGN = frozenset({"svg", "math"})
_BRANCHES = frozenset({"if", "for"})
_ALTERNATIVES = frozenset({"elif", "else"})
_ENDS = frozenset({"endif", "endfor"})
_TAG_NAME = re.compile(r"[^\s/>]*")
_END_TAG = re.compile(r"/([a-zA-Z]+)")
_SPACE = re.compile(r"\s*")
_SPACE_OR_SLASH = re.compile(r"[\s/]*")
_ATTRIBUTE_NAME = re.compile(r"[^\s/>=]*")
_UNQUOTED = re.compile(r"[^\s>]*")


class Place(Enum):
    """Where in a document a piece can stand."""

    TEXT = "between tags"
    TAG = "in a tag's name, an end tag or a declaration"
    ATTRIBUTE = "in a tag, outside of values"
    VALUE = "in an attribute's value"
    COMMENT = "in a comment"
    RAW = "in an element without tags, such as a script"


@dataclass(slots=True)
class Tag:
    """A start tag.

    Attributes:
        name: Lower case; an expression in it is :data:`~.jinja.HOLE`.
        line: Line of its ``<``, from 1.
        attributes: Values by lower-case name: one for each branch in which the attribute is written.
        parts: The source, Jinja included.
    """

    name: str
    line: int
    attributes: dict[str, list[str]] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)
    listed: bool = False
    _values: set[tuple[str, str]] = field(default_factory=set)

    def add(self, name: str, value: str) -> None:
        """Add an attribute's value, once."""
        if (name, value) not in self._values:
            self._values.add((name, value))
            self.attributes.setdefault(name, []).append(value)

    def source(self) -> str:
        """Return the tag as it stands in the template, white space normalised."""
        return " ".join("".join(self.parts).split())


class _State(NamedTuple):
    """Where the tokenizer stands; immutable, so that a branch can go back to it."""

    step: Callable[[TagReader, str, int], int]
    tag: Tag | None = None
    name: str = ""
    value: str = ""
    quote: str = ""


@dataclass(slots=True)
class _Branching:
    """An open ``{% if %}`` or ``{% for %}``: where it began, and where its branches so far ended."""

    start: _State
    ends: list[_State] = field(default_factory=list)
    exhaustive: bool = False


class TagReader:
    """Reads one template; see :func:`read_tags`."""

    def __init__(self) -> None:
        self.tags: list[Tag] = []
        self.state = _State(_text)
        self.line = 1
        self._branches: list[_Branching] = []
        self._foreign = 0

    def read(self, piece: Piece) -> None:
        """Take the next piece of the template."""
        self.line = piece.line
        if piece.kind is Kind.DATA:
            self._data(piece.text)
            return
        if piece.kind is Kind.EXPRESSION:
            self._hole()
        elif piece.kind is Kind.BLOCK:
            self._block(piece.word)
        if self.state.tag is not None and piece.kind is not Kind.COMMENT:
            self.state.tag.parts.append(piece.text)

    def finish(self) -> None:
        """Take what the template leaves open; another one may close it."""
        self.keep_value()
        self.list_tag()

    def keep_value(self) -> None:
        """Store the attribute that is being read with its tag."""
        state = self.state
        if state.tag is not None and state.name:
            state.tag.add(state.name.lower(), state.value)

    def list_tag(self) -> None:
        """List the tag that is being read, once."""
        tag = self.state.tag
        if tag is not None and not tag.listed:
            tag.listed = True
            self.tags.append(tag)

    def start_tag(self, name: str) -> None:
        """Begin a tag; its ``<`` was the character before."""
        self.state = _State(_tag_name, Tag(name, self.line, parts=["<"]))

    def end_attribute(self) -> None:
        """Store the attribute and expect the next one."""
        self.keep_value()
        self.state = _State(_attributes, self.state.tag)

    def end_tag(self, *, complete: bool) -> None:
        """List the tag and expect its content; ``complete`` tags end in ``/>``."""
        self.list_tag()
        tag = self.state.tag
        name = tag.name.partition(HOLE)[0] if tag else ""
        self._foreign += name in _FOREIGN and not complete
        # In SVG, <style/> and <script/> are complete; in HTML the slash means nothing.
        raw = name in RAW_ELEMENTS and not (self._foreign and complete)
        self.state = _State(_raw_text, name=name) if raw else _State(_text)

    def raw_text(self, text: str) -> None:
        """Take a stretch of what stands in a script, a style, a title and the like; here, nothing in it matters."""

    @property
    def place(self) -> Place:
        """Where in the document the next piece begins."""
        return _PLACES[self.state.step]

    def leave_foreign(self, name: str) -> None:
        """Take note of an end tag."""
        self._foreign = max(0, self._foreign - (name in _FOREIGN))

    def _data(self, text: str) -> None:
        position = 0
        while position < len(text):
            tag, start = self.state.tag, position
            position = self.state.step(self, text, position)
            if tag is not None:
                tag.parts.append(text[start:position])
            self.line += text.count("\n", start, position)

    def _hole(self) -> None:
        state = self.state
        if state.step is _open:
            self.start_tag(HOLE)
        elif state.step is _tag_name and state.tag is not None:
            state.tag.name += HOLE
        elif state.step is _after_name:
            self.end_attribute()
            self.state = self.state._replace(step=_attribute_name, name=HOLE)
        elif state.step in (_attributes, _attribute_name):
            self.state = state._replace(step=_attribute_name, name=state.name + HOLE)
        elif state.step in (_before_value, _value):
            self.state = state._replace(step=_value, value=state.value + HOLE)

    def _block(self, word: str) -> None:
        if word in _BRANCHES:
            self._branches.append(_Branching(self.state))
        elif word in _ALTERNATIVES and self._branches:
            branching = self._branches[-1]
            self._end_branch(branching)
            branching.exhaustive |= word == "else"
            self.state = branching.start
        elif word in _ENDS and self._branches:
            branching = self._branches.pop()
            self._end_branch(branching)
            # Without an {% else %} the template may also go on from where the branch began.
            outcomes = branching.ends[::-1] + [branching.start] * (not branching.exhaustive)
            self.state = min(outcomes, key=_depth)

    def _end_branch(self, branching: _Branching) -> None:
        branching.ends.append(self.state)
        if self.state.step in (_value, _attribute_name, _after_name):
            self.keep_value()
        if self.state.tag is not branching.start.tag:
            self.list_tag()


def read_tags(pieces: Iterable[Piece]) -> Iterator[Tag]:
    """Return the start tags of a template in their order."""
    reader = TagReader()
    for piece in pieces:
        reader.read(piece)
    reader.finish()
    return iter(reader.tags)


# One function a state of the tokenizer: it reads from a position, sets the next state, and returns the next position.
# The names of the states are those of the HTML standard, section 13.2.5, where it has one.


def _text(reader: TagReader, text: str, position: int) -> int:
    found = text.find("<", position)
    if found < 0:
        return len(text)
    reader.state = _State(_open)
    return found + 1


def _open(reader: TagReader, text: str, position: int) -> int:
    if text.startswith("!--", position):
        reader.state = _State(_comment)
        return position + 3
    end_tag = _END_TAG.match(text, position)
    if end_tag is not None:
        reader.leave_foreign(end_tag[1].lower())
    if text[position] in "!?/":
        reader.state = _State(_to_bracket)
    elif text[position].isascii() and text[position].isalpha():
        reader.start_tag("")
    else:
        reader.state = _State(_text)
    return position


def _comment(reader: TagReader, text: str, position: int) -> int:
    return _skip_past(reader, text, position, "-->")


def _to_bracket(reader: TagReader, text: str, position: int) -> int:
    return _skip_past(reader, text, position, ">")


def _skip_past(reader: TagReader, text: str, position: int, end: str) -> int:
    found = text.find(end, position)
    if found < 0:
        return len(text)
    reader.state = _State(_text)
    return found + len(end)


def _raw_text(reader: TagReader, text: str, position: int) -> int:
    end = re.compile(rf"</{reader.state.name}(?=[\s/>]|\Z)", re.IGNORECASE).search(text, position)
    reader.raw_text(text[position : end.start() if end else None])
    if end is None:
        return len(text)
    reader.state = _State(_to_bracket)
    return end.end()


def _tag_name(reader: TagReader, text: str, position: int) -> int:
    end = _end(_TAG_NAME, text, position)
    if reader.state.tag is not None:
        reader.state.tag.name += text[position:end].lower()
    if end < len(text):
        reader.state = _State(_attributes, reader.state.tag)
    return end


def _attributes(reader: TagReader, text: str, position: int) -> int:
    end = _end(_SPACE_OR_SLASH, text, position)
    if text.startswith(">", end):
        reader.end_tag(complete="/" in text[position:end])
        return end + 1
    if end < len(text):
        # A lone "=" here begins a name, says the standard.
        first = "=" if text[end] == "=" else ""
        reader.state = reader.state._replace(step=_attribute_name, name=first)
        end += len(first)
    return end


def _attribute_name(reader: TagReader, text: str, position: int) -> int:
    end = _end(_ATTRIBUTE_NAME, text, position)
    name = reader.state.name + text[position:end]
    reader.state = reader.state._replace(step=_after_name if end < len(text) else _attribute_name, name=name)
    return end


def _after_name(reader: TagReader, text: str, position: int) -> int:
    end = _end(_SPACE, text, position)
    if text.startswith("=", end):
        reader.state = reader.state._replace(step=_before_value)
        return end + 1
    if end < len(text):
        reader.end_attribute()
    return end


def _before_value(reader: TagReader, text: str, position: int) -> int:
    end = _end(_SPACE, text, position)
    if end == len(text):
        return end
    if text[end] == ">":
        reader.end_attribute()
        return end
    quote = text[end] if text[end] in "\"'" else ""
    reader.state = reader.state._replace(step=_value, quote=quote)
    return end + len(quote)


def _value(reader: TagReader, text: str, position: int) -> int:
    quote = reader.state.quote
    found = text.find(quote, position) if quote else _end(_UNQUOTED, text, position)
    end = len(text) if found < 0 else found
    reader.state = reader.state._replace(value=reader.state.value + text[position:end])
    if end < len(text):
        reader.end_attribute()
        return end + len(quote)
    return end


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position


def _depth(state: _State) -> int:
    """Rank states by how easily the tags behind them are found: text, inside a tag, inside a comment or script."""
    if state.step in (_text, _open):
        return 0
    return 2 if state.step in (_comment, _raw_text) else 1


_PLACES: dict[Callable[[TagReader, str, int], int], Place] = {
    _text: Place.TEXT,
    _open: Place.TAG,
    _tag_name: Place.TAG,
    _to_bracket: Place.TAG,
    _attributes: Place.ATTRIBUTE,
    _attribute_name: Place.ATTRIBUTE,
    _after_name: Place.ATTRIBUTE,
    _before_value: Place.VALUE,
    _value: Place.VALUE,
    _comment: Place.COMMENT,
    _raw_text: Place.RAW,
}
