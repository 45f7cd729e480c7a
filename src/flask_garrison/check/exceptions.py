"""Which exception a view let out, and where in the project it was raised."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, got_request_exception

_WORDS = 200


@dataclass(frozen=True, slots=True)
class Raised:
    """One exception.

    Attributes:
        kind: Name of its type.
        words: Its own; they may hold what nobody else should read.
        place: ``file:line``, relative to the project.
    """

    kind: str
    words: str
    place: str

    @property
    def text(self) -> str:
        """Type and words, as :attr:`.Answer.raised` has them."""
        return f"{self.kind}: {self.words}" if self.words else self.kind


@contextmanager
def watched(app: Flask) -> Iterator[list[Raised]]:
    """Collect the exceptions that the application does not handle while this lasts."""
    seen: list[Raised] = []

    def note(_sender: Any, exception: BaseException, **_: Any) -> None:
        seen.append(raised(exception))

    with got_request_exception.connected_to(note, app):
        yield seen


def raised(error: BaseException) -> Raised:
    """Describe an exception."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if _is_of_project(frame.filename)] or frames
    place = f"{_shown(own[-1].filename)}:{own[-1].lineno}" if own else "an unknown place"
    return Raised(type(error).__name__, _words(error), place)


def _words(error: BaseException) -> str:
    try:
        return str(error)[:_WORDS]
    except Exception:  # an exception of the application may fail to describe itself
        return ""


def _is_of_project(filename: str) -> bool:
    path = Path(filename)
    packages = {"site-packages", "dist-packages"} & set(path.parts)
    return not packages and path.is_absolute() and path.is_relative_to(Path.cwd())


def _shown(filename: str) -> str:
    return os.path.relpath(filename) if _is_of_project(filename) else os.path.basename(filename)
