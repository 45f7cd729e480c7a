"""Puts nonces and token fields where verified markers stand, in a body that may come in chunks."""

from __future__ import annotations

import re
from typing import Protocol

from ..html import read_tag
from .forms import EDGE, field, form_actions, stays
from .marker import BEGINNINGS, LONGEST, MARKER, SIGN, Element, Sealer, read_element

MAX_HELD = 1_048_576
"""Bytes of a stream that are kept back while the end of a marked element has not come; beyond them it gets nothing."""
MAX_WASTED = 4_194_304
"""Bytes of a body that are read in vain for markers that do not verify; beyond them no marker is looked at.

Without a limit a visitor's text of markers, each of which seems to go on to the end, would be read once for each.
"""
_SMALL = 4_096
_QUOTE_REFERENCE = re.compile(rb"&(?:#|quot|apos)", re.IGNORECASE)
_BREAKOUT = b"<head>"
_DECOY = b' data-garrison="<script"'


class Answer(Protocol):
    """What an unsealer must know of the answer whose body it writes."""

    @property
    def nonce(self) -> str:
        """The answer's nonce; empty for one that is saved as a file, from which markers are only removed."""

    @property
    def gives_tokens(self) -> bool:
        """Whether :attr:`token` may be one; costs nothing to ask."""

    @property
    def token(self) -> str | None:
        """The answer's CSRF token; read only when a form of the author's needs one."""

    @property
    def origin(self) -> str:
        """The request's origin, such as ``"https://example.org:8443"``."""


class Unsealer:
    """Unseals one body.

    Args:
        sealer: Verifies markers.
        answer: Nonce, token and origin.
        xml: Whether the body is XHTML.
        charset: How the body is encoded; every ASCII byte must mean itself.

    Attributes:
        refused: Tag names of elements whose marker did not verify.
    """

    def __init__(self, sealer: Sealer, answer: Answer, *, xml: bool = False, charset: str = "utf-8") -> None:
        self.refused: list[str] = []
        self._sealer = sealer
        self._answer = answer
        self._xml = xml
        self._charset = charset
        self._pin = b""
        self._final = False
        self._data = b""
        self._position = 0
        self._done: list[bytes] = []
        self._rescan_at = 0
        self._wasted = 0
        self._values = _ValueWatch()

    def feed(self, chunk: bytes, final: bool = False) -> bytes:
        """Return what can be sent now; with ``final`` that is everything."""
        self._data = self._data + chunk if self._data else chunk
        self._final = final
        if not final and len(self._data) < self._rescan_at:
            return b""
        self._done, self._position = [], 0
        self._unseal()
        if not final:
            self._values.passed(self._data[: self._position])
        self._data = self._data[self._position :]
        # Read again only when twice as much is there: the whole stays linear however small the chunks are.
        waiting = len(self._data)
        self._rescan_at = min(2 * waiting, MAX_HELD + 1) if waiting > _SMALL else 0
        return b"".join(self._done)

    def _unseal(self) -> None:
        """Pass on everything that is finished."""
        data = self._data
        at = data.find(SIGN)
        while at >= 0:
            start = _last_opening(data, max(self._position, at - LONGEST), at)
            match = MARKER.match(data, start) if start >= 0 else None
            if match is not None and not self._marked(match):
                self._pass(start)
                return
            at = data.find(SIGN, max(at + len(SIGN), self._position))
        self._pass(len(data) if self._final else _safe_end(data, self._position))

    def _pass(self, end: int, instead: bytes = b"", resume: int | None = None) -> bool:
        """Pass the data up to ``end``, then ``instead``; go on at ``resume``."""
        self._done += (self._data[self._position : end], instead)
        self._position = end if resume is None else resume
        return True

    def _marked(self, match: re.Match[bytes]) -> bool:
        """Deal with one marker; return ``False`` if more data must come first."""
        marker_end = match.end()
        if match[1] != b"<" or not self._answer.nonce:
            # Shown as text, with its markup escaped; or saved as a file.
            return self._pass(match.end(2), resume=marker_end)
        if match[2].lower() == b"form":
            return self._form(match)
        known = self._sealer.known(match[3])
        if known is not None and self._charset == "utf-8" and self._data.startswith(known[0], match.start()):
            return self._give_nonce(match, match.start() + known[1])
        if match[3] == self._pinned():
            return self._give_nonce(match, marker_end)
        if self._wasted > MAX_WASTED:
            return self._refuse(match)
        element = read_element(self._data, match.start())
        if element is None:
            return self._unfinished(match)
        if not self._verifies(match, element.end):
            return self._refuse(match, element.end)
        if element.name == "script" and _QUOTE_REFERENCE.search(self._data, element.tag_end, element.end):
            return self._sensitive(match, element.end)
        if self._charset == "utf-8":
            self._remember(match, element)
        return self._give_nonce(match, element.end)

    def _remember(self, match: re.Match[bytes], element: Element) -> None:
        # With the end tag, its name and the byte behind that, which raw_text_end has seen.
        end = element.end if element.name == "link" else element.end + len(element.name) + 3
        self._sealer.remember(match[3], self._data[match.start() : end], element.end - match.start())

    def _verifies(self, match: re.Match[bytes], end: int) -> bool:
        original = self._data[match.start() : match.end(2)] + self._data[match.end() : end]
        if self._charset != "utf-8":
            original = original.decode(self._charset, "replace").encode()
        return self._sealer.verifies(original, match[3])

    def _pinned(self) -> bytes:
        self._pin = self._pin or self._sealer.pin(self._answer.nonce).encode()
        return self._pin

    def _give_nonce(self, match: re.Match[bytes], end: int) -> bool:
        attribute = b' nonce="%b"' % self._answer.nonce.encode()
        if match[2].lower() == b"link" and not self._xml:
            # An injected `<script src=//evil a=` swallows the next tag's attributes, its nonce among them. Browsers
            # refuse a nonce beside an attribute that contains "<script": a script or style tag brings that along.
            attribute = _DECOY + attribute
        return self._pass(match.end(2), attribute + self._data[match.end() : end], resume=end)

    def _sensitive(self, match: re.Match[bytes], end: int) -> bool:
        """Give the nonce to a script with character references of quotes, where they stay references.

        Inside ``srcdoc`` and ``<svg>`` a browser decodes them, so ``var q = "{{ q }}"`` would let a visitor's quote end
        the string. A stray ``<head>`` leaves ``<svg>`` and is ignored elsewhere (HTML standard, 13.2.6.4 and 13.2.6.5).
        """
        if self._xml or self._values.seen_before(self._data, match.start()):
            return self._refuse(match)
        self._pass(match.start(), _BREAKOUT)
        return self._give_nonce(match, end)

    def _unfinished(self, match: re.Match[bytes]) -> bool:
        if not self._final and len(self._data) - match.start() <= MAX_HELD:
            return False
        return self._refuse(match, len(self._data))

    def _refuse(self, match: re.Match[bytes], read_to: int = 0) -> bool:
        self._wasted += max(0, read_to - match.start())
        self.refused.append(match[2].decode().lower())
        return self._pass(match.end())

    def _form(self, match: re.Match[bytes]) -> bool:
        start, name_end, marker_end = match.start(), match.end(2), match.end()
        if not self._answer.gives_tokens:
            # Nothing is given, so nothing needs to be proved.
            return self._pass(name_end, resume=marker_end)
        tag = read_tag(self._data, start) if self._wasted <= MAX_WASTED else None
        if tag is None:
            return self._unfinished(match)
        attributes = tag.attributes
        if attributes.get("method", b"").strip().lower() != b"post":
            self._wasted += tag.end - start
            return self._pass(name_end, resume=marker_end)
        if not self._verifies(match, tag.end):
            return self._refuse(match, tag.end)
        if self._answer.token is None:
            return self._pass(name_end, resume=marker_end)
        edge = EDGE.search(self._data, tag.end)
        if edge is None and not self._final and len(self._data) - start <= MAX_HELD:
            return False
        self._pass(name_end, resume=marker_end)
        controls = self._data[tag.end : edge.start() if edge else None]
        return self._pass(tag.end, self._field([attributes.get("action", b""), *form_actions(controls)]))

    def _field(self, actions: list[bytes]) -> bytes:
        token = self._answer.token
        if token is None or not all(stays(action, self._answer.origin) for action in actions):
            return b""
        return field(token, xml=self._xml)


class _ValueWatch:
    """Knows whether a ``srcdoc`` attribute may have begun before some place of the body."""

    _WORD = b"srcdoc"

    def __init__(self) -> None:
        self._seen = False
        self._tail = b""
        self._first: tuple[bytes, int] = (b"", -1)

    def passed(self, data: bytes) -> None:
        """Take what was sent."""
        joined = (self._tail + data).lower()
        self._seen = self._seen or self._WORD in joined
        self._tail = joined[1 - len(self._WORD) :]

    def seen_before(self, data: bytes, position: int) -> bool:
        """Return whether one stands before ``position`` of ``data``, or in what was sent before that."""
        if self._first[0] is not data:
            self._first = (data, (self._tail + data).lower().find(self._WORD) - len(self._tail))
        first = self._first[1]
        return self._seen or -len(self._tail) <= first < position


def _last_opening(data: bytes, start: int, end: int) -> int:
    return max(data.rfind(b"<", start, end), data.rfind(b"&", start, end))


def _safe_end(data: bytes, position: int) -> int:
    """Return the offset up to which ``data`` cannot contain the beginning of an unfinished marker."""
    start = _last_opening(data, max(position, len(data) - LONGEST), len(data))
    if start < 0:
        return len(data)
    tail = data[start:].lower()
    unfinished = any(begin.startswith(tail) or tail.startswith(begin) for begin in BEGINNINGS)
    return start if unfinished else len(data)
