"""What an exception would reveal if an answer showed it: its message, its class, the files that it passed through."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import NamedTuple

from flask import Flask
from werkzeug.exceptions import HTTPException

SHORTEST = 8
"""Characters below which a text is too common to prove anything."""
_LONGEST = 64
_MAX_CHAIN = 20
_MAX_FRAMES = 100
_LIBRARIES = ("site-packages", "dist-packages")


class Clue(NamedTuple):
    """A text that must not stand in an error answer.

    Attributes:
        kind: ``message``, ``class``, ``path`` or ``secret``.
        text: The text; of a long message its beginning, since pages cut messages.
        setting: Name of the setting whose value it is, else empty.
    """

    kind: str
    text: str
    setting: str = ""


def clues_of(app: Flask, error: BaseException) -> frozenset[Clue]:
    """Return what ``error``, its causes and its members would reveal; text only, so that no frame is kept alive."""
    found: set[Clue] = set()
    for one in _chain(error):
        # What abort() says, and what the app's own exceptions say, the app has written for its visitors.
        if isinstance(one, HTTPException):
            continue
        found.update(Clue("path", path) for path in _paths(one))
        kind = type(one)
        if kind.__module__ != "builtins":
            found.add(Clue("class", f"{kind.__module__}.{kind.__qualname__}"))
        if not _is_own(app, kind):
            found.update(Clue("message", message) for message in _messages(one))
    return frozenset(clue for clue in found if len(clue.text) >= SHORTEST)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception, its causes, its contexts (``from None`` hides them from tracebacks only) and its members."""
    waiting: list[BaseException | None] = [error]
    seen: set[int] = set()
    while waiting and len(seen) < _MAX_CHAIN:
        one = waiting.pop(0)
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        members = one.exceptions if isinstance(one, BaseExceptionGroup) else ()
        original = getattr(one, "original_exception", None)
        waiting += [one.__cause__, one.__context__, original, *members]


def _messages(error: BaseException) -> Iterator[str]:
    try:
        texts = [str(error), *(argument for argument in error.args if isinstance(argument, str))]
    except Exception:
        return
    for text in texts:
        yield text.strip()[:_LONGEST]
        # Pages show a message of several lines as paragraphs, or one line of it.
        yield from (line.strip()[:_LONGEST] for line in text.splitlines()[:20])


def _paths(error: BaseException) -> Iterator[str]:
    trace = error.__traceback__
    for _ in range(_MAX_FRAMES):
        if trace is None:
            return
        name = trace.tb_frame.f_code.co_filename
        if os.path.isabs(name):
            yield name
        trace = trace.tb_next


def _is_own(app: Flask, kind: type[BaseException]) -> bool:
    """Return whether the application itself defines a class: in its package, or in a file below its folder."""
    top = app.import_name.partition(".")[0]
    if kind.__module__ == app.import_name or kind.__module__.partition(".")[0] == top:
        return True
    file = getattr(sys.modules.get(kind.__module__), "__file__", None) or ""
    inside = file.startswith(app.root_path + os.sep)
    return inside and not any(name in file[len(app.root_path) :] for name in _LIBRARIES)
