"""The labelled cases: ``<part>/<class>/<weak|safe>-<slug>/``, small pieces of Flask applications with marked lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
SEEN, UNSEEN = PARTS = ("seen", "unseen")

Place = tuple[str, int]
"""A file, relative to the folder of its case, and a line, from 1."""

_MARK = re.compile(r"[ \t]*(?:#|\{#)[ \t]*<-[ \t]*(weak|safe)\b[^\n]*")


@dataclass(frozen=True, slots=True, order=True)
class Case:
    """One case.

    Attributes:
        part: ``seen``, or ``unseen`` by those who work on the analyser.
        kind: Its class.
        name: Name of its folder.
        folder: That folder.
    """

    part: str
    kind: str
    name: str
    folder: Path

    @property
    def weak(self) -> bool:
        """Whether it has the weakness of its class; else it only looks so."""
        return self.name.startswith("weak-")

    def files(self) -> list[Path]:
        """Return its files, in a fixed order."""
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return sorted(path for path in found if "__pycache__" not in path.parts)

    def marks(self) -> list[tuple[str, Place]]:
        """Return its marks, each ``weak`` or ``safe``, and where they stand."""
        return [(word, (self._shown(path), line)) for path in self.files() for word, line in marks_in(_text(path))]

    def copy_to(self, folder: Path) -> None:
        """Write it to a folder without its marks and its telling name: nobody can go by them."""
        for path in self.files():
            target = folder / self._shown(path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(without_marks(_text(path)), "utf-8", newline="")

    def _shown(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()


def marks_in(text: str) -> list[tuple[str, int]]:
    """Return the marks in a text and their lines."""
    return [(found[1], text.count("\n", 0, found.start()) + 1) for found in _MARK.finditer(text)]


def without_marks(text: str) -> str:
    """Return a text without its marks; every line keeps its number."""
    return _MARK.sub("", text)


def cases(parts: Sequence[str] = PARTS, kinds: Sequence[str] = (), root: Path = HERE) -> list[Case]:
    """Return the cases of some parts and classes; of all classes if none is named."""
    folders = (folder for part in parts for folder in (root / part).glob("*/*") if folder.is_dir())
    found = (Case(folder.parts[-3], folder.parts[-2], folder.name, folder) for folder in folders)
    return sorted(case for case in found if not kinds or case.kind in kinds)


def _text(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()
