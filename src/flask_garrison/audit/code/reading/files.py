"""Which Python files lie below a folder, and which of them are tests."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePath

from ....findings import NotChecked
from ...files import Walk

_SUFFIXES = frozenset({".py", ".pyw", ".wsgi"})
_TEST_FOLDERS = frozenset({"test", "tests"})
_PROJECT_FILES = ("pyproject.toml", "setup.py", "setup.cfg")
_FOREIGN = frozenset({"dist-packages", "__pypackages__"})
# What setuptools leaves in build/: copies of the project's own files.
_BUILT = re.compile(r"lib|(?:lib|bdist|temp)\..*|scripts-.*")


@dataclass(frozen=True, slots=True)
class CodeFile:
    """A Python file of the target.

    Attributes:
        path: The file.
        name: Its path relative to the target, with forward slashes.
        is_test: Whether it belongs to the tests, whose code is not served to anybody.
        asked: Whether the target is this one file, so that it is read whatever its size.
    """

    path: Path
    name: str
    is_test: bool
    asked: bool = False


def find_code(root: Path) -> tuple[list[CodeFile], list[NotChecked]]:
    """Return the Python files below a folder (or the one file), sorted by path, and what could not be looked into."""
    walk = Walk(root, lambda relative: _is_code(root, relative), _is_foreign)
    paths = _without_copies(walk.files())
    if not root.is_dir():
        return [CodeFile(path, path.name, is_test=False, asked=True) for path in paths], walk.not_checked
    names = [path.relative_to(root) for path in paths]
    files = [CodeFile(path, name.as_posix(), is_test(name)) for path, name in zip(paths, names, strict=True)]
    return files, walk.not_checked


def is_test(name: PurePath) -> bool:
    """Return whether a file, by its path relative to the target, belongs to the tests."""
    stem = name.stem
    named_so = stem.startswith("test_") or stem.endswith("_test") or stem in ("conftest", "tests")
    return named_so or not _TEST_FOLDERS.isdisjoint(name.parts[:-1])


def _is_code(root: Path, relative: PurePath) -> bool:
    """Return whether a file is Python by its name, or by its first line where the name tells nothing."""
    if relative.suffix:
        return relative.suffix.lower() in _SUFFIXES
    return not relative.name.startswith(".") and _runs_python(root / relative if root.is_dir() else root)


def _runs_python(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            line = file.readline(200)
    except OSError:
        # What cannot be opened and is called like no Python file is no Python file that was left out.
        return False
    return line.startswith(b"#!") and b"python" in line


def _is_foreign(folder: Path) -> bool:
    if folder.name in _FOREIGN or (folder / "conda-meta").is_dir():
        return True
    if folder.name == "dist":
        return _is_project(folder.parent) and not (folder / "__init__.py").exists()
    return (
        folder.parent.name == "build"
        and _BUILT.fullmatch(folder.name) is not None
        and _is_project(folder.parent.parent)
    )


def _is_project(folder: Path) -> bool:
    return any((folder / name).exists() for name in _PROJECT_FILES)


def _without_copies(paths: list[Path]) -> list[Path]:
    """Leave out links to files that are in the list by their own name, or by an earlier link."""
    links = {path for path in paths if path.is_symlink()}
    seen = {path.resolve() for path in paths if path not in links} if links else set()
    kept = []
    for path in paths:
        if path in links:
            real = path.resolve()
            if real in seen:
                continue
            seen.add(real)
        kept.append(path)
    return kept
