"""Which files belong to a chapter: by their path, or by the control that they name as theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_SUFFIXES = frozenset({".py", ".md", ".html", ".json", ".toml"})


def chapter_files(chapter: str) -> list[str]:
    """Return the files of a chapter in package, tests and docs, sorted, relative to the repository.

    A file belongs if its path names the chapter, or if it assigns a control of the chapter to a constant whose name
    begins with ``CONTROL``; a package that does so brings its whole folder, and each file its own test. Outside a clone
    there are no tests and docs, and paths are relative to the folder of the installed packages.
    """
    base = _repository() or _PACKAGE.parent
    folders = [_PACKAGE, base / "tests", base / "docs"] if _repository() else [_PACKAGE]
    files = [path.relative_to(base) for folder in folders for path in _files(folder)]
    found = {path for path in files if _names_chapter(path, chapter)}
    for owner in files:
        if _names_control(base / owner, chapter):
            found |= {path for path in files if path == owner or _goes_with(path, owner)}
    return sorted(path.as_posix() for path in found)


def _repository() -> Path | None:
    """Return the root of the clone that this package lies in, or ``None`` where it is installed."""
    root = _PACKAGE.parents[1]
    return root if (root / "pyproject.toml").is_file() and (root / "tests").is_dir() else None


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        built = {"__pycache__", "_build", "node_modules"} & set(path.parts)
        if path.suffix in _SUFFIXES and not built and path.is_file():
            yield path


def _names_chapter(path: Path, chapter: str) -> bool:
    return chapter in re.split(r"[/._-]", path.as_posix())


def _goes_with(path: Path, owner: Path) -> bool:
    """Return whether a file lies in the package that ``owner`` stands for, or is its test."""
    if owner.name == "__init__.py":
        return owner.parent in path.parents or (path.parts[0] == "tests" and owner.parent.name in path.parts[1:])
    return path.parts[0] == "tests" and path.name == f"test_{owner.name}"


def _names_control(path: Path, chapter: str) -> bool:
    if path.suffix != ".py":
        return False
    pattern = rf"^_?CONTROL\w*\b[^=\n]*=[^\n]*[\"']{chapter}\.|\bcontrol=[\"']{chapter}\."
    return re.search(pattern, path.read_text("utf-8", errors="replace"), re.MULTILINE) is not None
