"""Where the tags are: the part of the HTML tokenizer that a guard and an audit need.

It follows the tokenization chapter of the HTML standard (https://html.spec.whatwg.org/multipage/parsing.html): a tag in
a comment, in a script body or in an attribute value is none. It works on bytes, so that it reads bodies as they are
sent; ASCII is all that HTML syntax consists of, and offsets of text survive ``text.encode("ascii", "replace")``.

Every regular expression is possessive: reading takes time linear in the input whatever an attacker sends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple, Self

_SPACE = rb"\t\n\f\r "
_VALUE = rb"""(?:"[^"]*+"|'[^']*+'|[^%(s)b>"'][^%(s)b>]*+|(?=>))""" % {b"s": _SPACE}
# An "=" must be followed by a whole value: an unfinished one means that the tag goes on in the next chunk.
_ATTRIBUTE = rb"([^%(s)b/>][^%(s)b/>=]*+)(?:[%(s)b]*+=[%(s)b]*+(%(v)b)|(?![%(s)b]*+=))" % {b"s": _SPACE, b"v": _VALUE}
_TAG = rb"<(/?)([a-zA-Z][^%(s)b/>]*+)((?:[%(s)b/]++|%(a)b)*+)>" % {
    b"s": _SPACE,
    b"a": _ATTRIBUTE.replace(b"([^", b"(?:[^", 1).replace(b"(%b)" % _VALUE, _VALUE),
}
ATTRIBUTE = re.compile(_ATTRIBUTE)
"""One attribute: its name and its value, quotes included."""
TAG = re.compile(_TAG)
"""A whole tag: the slash of an end tag, the name, everything between the name and the end."""

_COMMENT = re.compile(rb"<!--(?:-?+>|.*?--!?+>)", re.DOTALL)
_BOGUS = re.compile(rb"<(?:[!?]|/[^a-zA-Z>])[^>]*+>|</>")
_CDATA = re.compile(rb"<!\[CDATA\[.*?\]\]>", re.DOTALL)
_SCRIPT_STEP = re.compile(rb"<!--|-->|</?script(?=[%b/>])" % _SPACE, re.IGNORECASE)
_UNFINISHED_COMMENT = (b"<!", b"<!-")

RAW_ELEMENTS = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext"))
"""Elements whose content is text to the tokenizer. ``noscript`` is read as browsers without scripting read it."""
_FOREIGN = ("svg", "math")


class Tag(NamedTuple):
    """A start or end tag.

    Attributes:
        name: In lower case.
        closing: Whether it is an end tag.
        start: Offset of its ``<``; negative if that came in an earlier chunk.
        end: Offset behind its ``>``.
        inside: What stands between the name and the ``>``.
    """

    name: str
    closing: bool
    start: int
    end: int
    inside: bytes

    @property
    def attributes(self) -> dict[str, bytes]:
        """The attributes by lower-case name (a character a byte), values without quotes; the first of a name counts."""
        found: dict[str, bytes] = {}
        for match in ATTRIBUTE.finditer(self.inside + b">"):
            found.setdefault(match[1].lower().decode("latin-1"), _unquoted(match[2] or b""))
        return found

    @property
    def self_closing(self) -> bool:
        """Whether it ends in ``/>``; a slash that ends an unquoted value is part of that value."""
        if not self.inside.endswith(b"/"):
            return False
        last = max((match.end() for match in ATTRIBUTE.finditer(self.inside + b">")), default=0)
        return last < len(self.inside)


def _unquoted(value: bytes) -> bytes:
    return value[1:-1] if value[:1] in (b'"', b"'") else value


def read_tag(data: bytes, position: int = 0) -> Tag | None:
    """Return the tag that begins at ``position``, or ``None`` if none does or its end is not there."""
    match = TAG.match(data, position)
    if match is None:
        return None
    return Tag(match[2].lower().decode("latin-1"), bool(match[1]), position, match.end(), match[3])


def raw_text_end(name: str, data: bytes, position: int) -> int | None:
    """Return where the end tag of the raw text element ``name`` begins whose content begins at ``position``.

    Returns:
        The offset of ``</``, or ``None`` if ``data`` does not contain the end.
    """
    end = _next_end_tag(name, data, position)
    if name == "script" and end is not None and data.find(b"<!--", position, end) >= 0:
        return _script_end(data, position)
    return end


def _next_end_tag(name: str, data: bytes, position: int) -> int | None:
    wanted = name.encode()
    size = len(wanted) + 2
    at = data.find(b"</", position)
    while at >= 0:
        follows = data[at + size : at + size + 1]
        if data[at + 2 : at + size].lower() == wanted and follows and follows in b"\t\n\f\r />":
            return at
        at = data.find(b"</", at + 2)
    return None


def _script_end(data: bytes, position: int) -> int | None:
    """Walk through the states "script data escaped" (1) and "double escaped" (2) of the standard."""
    state = 0
    while match := _SCRIPT_STEP.search(data, position):
        word, position = match[0].lower(), match.end()
        if word == b"<!--":
            state = state or 1
            position -= 2  # `<!-->` opens and closes: both uses share the dashes
        elif word == b"-->":
            state = 0
        elif word == b"<script":
            state = 2 if state else 0
        elif state < 2:
            return match.start()
        else:
            state = 1
    return None


class Place(IntEnum):
    """Where in the document a tokenizer stands, the likeliest place of further tags first."""

    DATA = 0
    TAG = 1
    TEXT = 2
    """A comment, or the content of a raw text element."""


class Tokenizer:
    """Finds tags in a document that comes in chunks.

    What is not complete is kept and read again with the next chunk, so it is for sources (templates, files). A body
    that an attacker can shape is read with :func:`read_tag` at known places.
    """

    __slots__ = ("_foreign", "_pending", "_raw")

    def __init__(self) -> None:
        self._raw = ""
        self._pending = b""
        self._foreign = 0

    def copy(self) -> Self:
        """Return a tokenizer in the same state."""
        other = type(self)()
        other._raw, other._pending, other._foreign = self._raw, self._pending, self._foreign
        return other

    @property
    def place(self) -> Place:
        """Where the next chunk begins."""
        if self._raw or self._pending.startswith(b"<!"):
            return Place.TEXT
        return Place.TAG if self._pending else Place.DATA

    @property
    def raw(self) -> str:
        """Name of the raw text element whose content the next chunk continues, or an empty string."""
        return self._raw

    @property
    def held(self) -> int:
        """How many of the last bytes belong to something whose end has not come yet."""
        return len(self._pending)

    def feed(self, chunk: bytes) -> list[Tag]:
        """Read on and return the tags that ended in ``chunk``; offsets count from its beginning."""
        data = self._pending + chunk
        before = len(self._pending)
        tags: list[Tag] = []
        position = 0
        while (end := self._step(data, position, tags, before)) is not None:
            position = end
        self._pending = data[position:]
        return tags

    def _step(self, data: bytes, position: int, tags: list[Tag], before: int) -> int | None:
        """Read one construct; return where it ends, or ``None`` if there is no whole one."""
        tag_at = self._raw_end(data, position) if self._raw else data.find(b"<", position)
        if tag_at is None:
            return None
        if tag_at < 0:
            return len(data) if position < len(data) else None
        tag = read_tag(data, tag_at)
        if tag is not None:
            self._enter(tag)
            tags.append(tag._replace(start=tag.start - before, end=tag.end - before) if before else tag)
            return tag.end
        if self._raw:
            return None
        other = self._other_markup(data, tag_at)
        return other if other is not None else self._hold(position, tag_at)

    def _raw_end(self, data: bytes, position: int) -> int | None:
        return None if self._raw == "plaintext" else raw_text_end(self._raw, data, position)

    def _hold(self, position: int, tag_at: int) -> int | None:
        """Pass the text before an unfinished construct, then wait."""
        return tag_at if tag_at > position else None

    def _other_markup(self, data: bytes, at: int) -> int | None:
        """Return the end of a comment, a declaration or a lone ``<``; ``None`` if it is unfinished."""
        if data.startswith(b"<!--", at):
            match = _COMMENT.match(data, at)
        elif self._foreign and b"<![CDATA[".startswith(data[at : at + 9]):
            match = _CDATA.match(data, at)
        elif data[at:] in _UNFINISHED_COMMENT:
            return None
        else:
            match = _BOGUS.match(data, at)
        if match is not None:
            return match.end()
        following = data[at + 1 : at + 2]
        return None if not following or following.isalpha() or following in b"/!?" else at + 1

    def _enter(self, tag: Tag) -> None:
        if tag.name in _FOREIGN:
            self._foreign = max(0, self._foreign - 1) if tag.closing else self._foreign + (not tag.self_closing)
        raw = not tag.closing and tag.name in RAW_ELEMENTS
        # In SVG `<style/>` and `<script/>` are complete; in HTML the slash means nothing.
        self._raw = tag.name if raw and not (self._foreign and tag.self_closing) else ""


def likeliest(states: Iterable[Tokenizer]) -> Tokenizer:
    """Return the state to go on from where branches of a template meet.

    Data is preferred, so that a tag behind ``{% if %}<!--{% endif %}`` is found; else what has seen most.
    """
    return min(states, key=lambda state: (state.place, -state.held))
