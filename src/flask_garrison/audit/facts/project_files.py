"""The files of a project, read within bounds: libraries, repositories and caches are not part of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ..inspected import Inspected

MOST_FILES = 5_000
LARGEST = 1_048_576
_SKIPPED = frozenset(
    {"node_modules", "site-packages", "dist-packages", "venv", "env", "build", "dist", "__pycache__", "htmlcov"}
)


def project_files(inspected: Inspected, suffixes: frozenset[str]) -> tuple[list[tuple[Path, bytes]], bool]:
    """Return files with their content, and whether that is all of them.

    Args:
        suffixes: Of the files that are wanted, such as ``{".py"}``.
    """
    found: list[tuple[Path, bytes]] = []
    for path in walk(inspected):
        if path.suffix not in suffixes:
            continue
        if len(found) == MOST_FILES:
            return found, False
        content = _read(path)
        if content is not None:
            found.append((path, content))
    return found, True


def walk(inspected: Inspected) -> Iterator[Path]:
    """Yield the files below the project and the application's package, each once, sorted folder by folder."""
    seen: set[str] = set()
    for root in dict.fromkeys((inspected.root.resolve(), Path(inspected.app.root_path).resolve())):
        for folder, folders, names in os.walk(root):
            folders[:] = sorted(name for name in folders if _is_wanted(Path(folder), name))
            if folder not in seen:
                seen.add(folder)
                yield from (Path(folder) / name for name in sorted(names))


def _is_wanted(folder: Path, name: str) -> bool:
    if name in _SKIPPED or name.startswith("."):
        return False
    # A virtual environment may have any name.
    return not (folder / name / "pyvenv.cfg").exists()


def _read(path: Path) -> bytes | None:
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            return None
        return path.read_bytes()
    except OSError:
        return None
