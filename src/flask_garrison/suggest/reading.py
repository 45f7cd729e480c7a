"""Events out of log files: one line of JSON each, behind whatever prefix the log's formatter writes.

Whoever can write into a log can write a line that looks like an event. What is read here is evidence, never a fact.
"""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, get_args

from ..controls import catalogue
from ..errors import GarrisonError
from ..events import NAMES, Outcome

MAX_LINE = 1 << 20
"""The longest line that is read, in bytes; a longer one counts as a line that is no event."""
_STEP = 100_000
_GZIP = b"\x1f\x8b"
_BEGIN = '{"schema":'
_WRAPPERS = ("log", "message", "msg", "MESSAGE")
_OUTCOMES = get_args(Outcome)


@dataclass(slots=True)
class Counts:
    """What became of the lines.

    Attributes:
        lines: All of them.
        events: Lines that hold an event.
        malformed: Lines that begin an event and are not one: cut off, or of another schema.
    """

    lines: int = 0
    events: int = 0
    malformed: int = 0

    @property
    def others(self) -> int:
        """Lines that have nothing to do with events."""
        return self.lines - self.events - self.malformed


def read_events(names: list[str], counts: Counts, progress: Callable[[str], None]) -> Iterator[dict[str, Any]]:
    """Yield the events of files (``-`` is standard input; gzip is recognised) and count every line.

    Raises:
        GarrisonError: for a file that cannot be read to its end.
    """
    for name in names:
        try:
            for line in _lines(name):
                counts.lines += 1
                if counts.lines % _STEP == 0:
                    progress(f"{counts.lines} lines, {counts.events} events")
                event = event_of(line, counts)
                if event is not None:
                    counts.events += 1
                    yield event
        except (OSError, EOFError, zlib.error) as error:
            raise GarrisonError(f"{name}: {error}") from error


def _lines(name: str) -> Iterator[bytes]:
    if name == "-":
        yield from _pieces(sys.stdin.buffer)
        return
    path = Path(name)
    with path.open("rb") as file:
        if file.peek(2)[:2] == _GZIP:
            with gzip.open(file) as plain:
                yield from _pieces(plain)
        else:
            yield from _pieces(file)


def _pieces(file: IO[bytes] | gzip.GzipFile) -> Iterator[bytes]:
    """Yield lines; one that is too long as nothing, since a piece of it could be cut to look like an event."""
    whole = True
    for piece in iter(lambda: file.readline(MAX_LINE), b""):
        ends = piece.endswith(b"\n") or len(piece) < MAX_LINE
        if whole:
            yield piece if ends else b""
        whole = ends


def event_of(line: bytes, counts: Counts) -> dict[str, Any] | None:
    """Return the event of one line, or ``None``; a line that only looks like one is counted as malformed."""
    text = line.decode("utf-8", errors="replace").rstrip()
    begin = text.find("{")
    if begin < 0:
        return None
    looks_like_one = _BEGIN in text
    begin = text.find(_BEGIN) if looks_like_one else begin
    # What follows an event on its line was not written by the logger of events.
    value = _unwrapped(_parsed(text[begin:]))
    if isinstance(value, dict) and is_event(value):
        return value
    counts.malformed += looks_like_one
    return None


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _unwrapped(value: Any) -> Any:
    """Return what a container's log driver wrapped, or the value itself."""
    if isinstance(value, dict) and "schema" not in value:
        inner = next((value[key] for key in _WRAPPERS if isinstance(value.get(key), str)), "")
        return _parsed(inner[inner.find(_BEGIN) :]) if _BEGIN in inner else value
    return value


def is_event(value: dict[str, Any]) -> bool:
    """Return whether a parsed mapping is an event of this version: its names are ours, its fields of their types."""
    if value.get("schema") != 1:
        return False
    texts = all(
        isinstance(value.get(key, ""), str) for key in ("event", "time", "route", "client", "account", "session")
    )
    return (
        texts
        and value.get("event", "").partition(":")[0] in NAMES
        and isinstance(value.get("control"), str)
        and value["control"] in catalogue()
        and value.get("outcome") in _OUTCOMES
        and isinstance(value.get("detail", {}), dict)
    )
