"""Texts that are put together: constant pieces, and the values between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from .steps import Step
from .value import MAX_CONSTANTS, MAX_PIECES, UNKNOWN, Either, Value

HOLE = "\0"
"""Stands for an earlier or later value in :attr:`Hole.before` and :attr:`Hole.after`."""


class Hole(NamedTuple):
    """A value in a text.

    Attributes:
        value: The value.
        before: The text before it, each value there replaced by :data:`HOLE`.
        after: The text after it.
        via: The last step of the text that it went into, where its own path leads there.
    """

    value: Value
    before: str
    after: str
    via: Step | None = None

    @property
    def begins(self) -> bool:
        """Whether the text begins with it."""
        return not self.before.strip(HOLE) and not self.before


def concatenated(parts: Iterable[Value], step: Step | None) -> Value:
    """Return the text made of some values in order."""
    pieces: list[Any] = []
    taint = 0
    found: list[Value] = []
    for part in parts:
        taint |= part.taint
        found.append(part)
        _add(pieces, part)
    whole = _whole(found)
    if whole is not None and not taint:
        return Value(consts=whole)
    if len(pieces) > MAX_PIECES:
        pieces = [*pieces[: MAX_PIECES - 1], Value(taint, step=step)]
    return Value(taint, whole, pieces=tuple(pieces), step=step if taint else None)


def _whole(parts: list[Value]) -> tuple[Any, ...] | None:
    """Return the constants that the parts make together, where each is known and there are few."""
    results: list[Any] = [None if parts else ""]
    for part in parts:
        if part.consts is None or len(results) * len(part.consts) > MAX_CONSTANTS:
            return None
        results = [_plus(one, item) for one in results for item in part.consts]
        if any(item is NotImplemented for item in results):
            return None
    return tuple(results)


def _plus(first: Any, second: Any) -> Any:
    if first is None:
        return second if isinstance(second, (str, bytes)) else str(second)
    if isinstance(first, str):
        return first + (second if isinstance(second, str) else str(second))
    return first + second if isinstance(second, type(first)) else NotImplemented


def _add(pieces: list[Any], part: Value) -> None:
    if part.known and isinstance(part.constant, (str, int, float)):
        _add_text(pieces, str(part.constant))
    elif part.pieces is not None:
        for piece in part.pieces:
            if isinstance(piece, str):
                _add_text(pieces, piece)
            else:
                pieces.append(piece)
    else:
        pieces.append(part)


def _add_text(pieces: list[Any], text: str) -> None:
    if pieces and isinstance(pieces[-1], str):
        pieces[-1] += text
    elif text:
        pieces.append(text)


def holes(value: Value, before: str = "", after: str = "", depth: int = 0) -> Iterator[Hole]:
    """Yield the values that a text is made of, with what stands around each; a value by itself is the only one."""
    if value.pieces is None or depth > 6:
        yield Hole(value, before, after)
        return
    pieces = value.pieces
    for number, piece in enumerate(pieces):
        if isinstance(piece, str):
            continue
        left = before + _shown(pieces[:number])
        right = _shown(pieces[number + 1 :]) + after
        if isinstance(piece, Either):
            yield from holes(piece.first, left, right, depth + 1)
            yield from holes(piece.second, left, right, depth + 1)
        else:
            yield from holes(piece, left, right, depth + 1)


def _shown(pieces: tuple[Any, ...]) -> str:
    return "".join(piece if isinstance(piece, str) else HOLE for piece in pieces)


def beginning(value: Value) -> str:
    """Return the constant text that a value surely begins with."""
    texts = value.texts()
    if texts and value.consts is not None and len(texts) == len(value.consts):
        return texts[0] if len(texts) == 1 else ""
    if value.pieces and isinstance(value.pieces[0], str):
        return value.pieces[0]
    for kind, text in value.facts:
        if kind == "begins":
            return str(text)
    return ""


def text_of(value: Value) -> str:
    """Return the text of a value with :data:`HOLE` for what is not known."""
    if value.known and isinstance(value.constant, str):
        return value.constant
    return HOLE if value.pieces is None else _shown(value.pieces)


__all__ = ["HOLE", "UNKNOWN", "Hole", "beginning", "concatenated", "holes", "text_of"]
