"""The application's own text: its code, that which functions import later included, its templates and its scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from jinja2 import FileSystemLoader

from ...audit.facts.layers import file_of, layers
from ...audit.facts.own_code import is_own_file, own_modules
from ...audit.files import shown
from ...audit.inspected import Inspected
from ...audit.inspection import template_folders

MOST_FILES = 5_000
MOST_BYTES = 40_000_000
_SCRIPTS = frozenset({".js", ".mjs", ".cjs", ".jsx", ".ts", ".tsx", ".vue", ".html", ".htm"})
_NOT_TEXT = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".woff", ".woff2", ".ttf", ".pdf", ".mo"})
_TESTS = frozenset({"tests", "test", "testing", "__pycache__"})
COMPILED = "(compiled)"
"""Stands in place of the content of native code."""
_NATIVE = (".so", ".pyd", ".pyx", ".c", ".cpp", ".rs")


@dataclass(frozen=True, slots=True)
class Text:
    """One file.

    Attributes:
        name: As a user opens it.
    """

    name: str
    content: str


@dataclass(frozen=True, slots=True)
class Texts:
    """What was read.

    Attributes:
        gap: Why that is not everything; empty where it is.
    """

    code: tuple[Text, ...]
    templates: tuple[Text, ...]
    scripts: tuple[Text, ...]
    gap: str = ""


class TooMuch(Exception):
    """There is more text than is read."""


def texts_of(inspected: Inspected) -> Texts:
    """Return what the application itself consists of, libraries left out."""
    reader = _Reader(inspected)
    try:
        code = reader.code()
        templates = reader.all_below(template_folders(inspected.app), lambda file: file.suffix.lower() not in _NOT_TEXT)
        scripts = reader.all_below(static_folders(inspected.app), lambda file: file.suffix.lower() in _SCRIPTS)
    except TooMuch:
        return Texts((), (), (), "the application is too big to be read for it")
    return Texts(code, templates, scripts, _gap(inspected, code, reader.unread))


def static_folders(app: Flask) -> list[Path]:
    """Return the existing folders of static files of an app and its blueprints."""
    folders = {Path(item.static_folder) for item in (app, *app.blueprints.values()) if item.static_folder}
    return sorted(folder for folder in folders if folder.is_dir())


def _gap(inspected: Inspected, code: Iterable[Text], unread: list[str]) -> str:
    """Return why what was read is not all; empty where it is."""
    if not any(code):
        return "the application's own code was not found"
    if unread:
        return f"{unread[0]} could not be read"
    if not isinstance(inspected.app.jinja_loader, FileSystemLoader | None):
        return f"templates come through {type(inspected.app.jinja_loader).__name__}, which was not read"
    hidden = [route.rule for route in inspected.routes if _has_no_source(route.view)]
    return f"the code of the route {hidden[0]} was not found" if hidden else ""


def _has_no_source(view: object) -> bool:
    files = [file_of(layer) for layer in layers(view)]
    return view is not None and not any(file is not None and Path(file).exists() for file in files)


class _Reader:
    """Reads each file once, as long as there are not too many."""

    def __init__(self, inspected: Inspected) -> None:
        self._inspected = inspected
        self._read: set[Path] = set()
        self._left = MOST_BYTES
        self.unread: list[str] = []

    def code(self) -> tuple[Text, ...]:
        """Return the code that is loaded, the rest of its packages, and what it names in the same folders."""
        found: list[Text] = []
        todo = [Path(str(module.__file__)) for module in own_modules(self._inspected)]
        places = {_top_of(file) for file in todo}
        todo += [file for place in places if place.is_dir() for file in _modules_below(place)]
        siblings = _siblings({place.parent for place in places})
        while todo:
            read = list(self._texts(todo))
            found += read
            named = [place for text in read for name in _names(text.content) for place in siblings.pop(name, ())]
            todo = [file for place in named for file in self._own(place)]
        return tuple(found)

    def _own(self, place: Path) -> list[Path]:
        files = _modules_below(place) if place.is_dir() else [place]
        return [file for file in files if is_own_file(self._inspected, file)]

    def all_below(self, folders: Iterable[Path], wanted: Callable[[Path], bool]) -> tuple[Text, ...]:
        """Return the files below folders of the application that ``wanted`` says yes to."""
        files = (file for folder in folders for file in sorted(folder.rglob("*")) if file.is_file() and wanted(file))
        return tuple(self._texts(file for file in files if is_own_file(self._inspected, file)))

    def _texts(self, files: Iterable[Path]) -> Iterator[Text]:
        for file in files:
            if file in self._read:
                continue
            self._read.add(file)
            text = self._text(file)
            if text is not None:
                yield text

    def _text(self, file: Path) -> Text | None:
        if file.suffix in _NATIVE:
            return Text(shown(file), f"{COMPILED} {file.name}")
        try:
            content = file.read_text("utf-8", "replace")
        except OSError:
            self.unread.append(shown(file))
            return None
        self._left -= len(content)
        if self._left < 0 or len(self._read) > MOST_FILES:
            raise TooMuch
        return Text(shown(file), content)


def _top_of(file: Path) -> Path:
    """Return the folder of the outermost package that a module belongs to, or the module's own file."""
    place = file
    while (place.parent / "__init__.py").is_file():
        place = place.parent
    return place


def _modules_below(folder: Path) -> list[Path]:
    """Return the modules of a package, native ones included, its tests left out."""
    files = (file for file in folder.rglob("*") if file.suffix == ".py" or file.suffix in _NATIVE)
    return sorted(file for file in files if _TESTS.isdisjoint(file.relative_to(folder).parts))


def _siblings(folders: Iterable[Path]) -> dict[str, list[Path]]:
    """Return what can be imported from folders, by name: modules, and packages with or without ``__init__.py``."""
    found: dict[str, list[Path]] = {}
    for folder in folders:
        for place in sorted(folder.iterdir()):
            if place.suffix in (".py", *_NATIVE) or (place.is_dir() and place.name not in _TESTS):
                found.setdefault(place.name.partition(".")[0], []).append(place)
    return found


def _names(content: str) -> Iterator[str]:
    """Yield the names that import statements in a text may mean."""
    for match in re.finditer(r"^\s*(?:from\s+([\w.]+)\s+import|import\s+([\w., ]+))", content, re.MULTILINE):
        yield from re.findall(r"\w+", match.group(1) or match.group(2))
