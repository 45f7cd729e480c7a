"""The files of SQLite databases: where they lie, and who can reach them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from flask import Flask

from ..facts.layers import closure_of
from ..inspected import Inspected
from .engines import Database, databases_of

_MEMORY = ("", ":memory:")


def file_of(database: Database) -> Path | None:
    """Return the file of an SQLite database, or ``None`` for one in memory, or of another kind."""
    if database.kind != "sqlite":
        return None
    arguments = closure_of(database.engine.pool._creator).get("cargs_tup") or (database.engine.url.database or "",)
    name = str(arguments[0])
    if name.startswith("file:"):
        path, _, query = name[5:].partition("?")
        name = "" if "mode=memory" in query else unquote(path)
    if name in _MEMORY or name.startswith(":memory:"):
        return None
    return Path(os.path.abspath(name))


def files_of(inspected: Inspected) -> list[tuple[Database, Path]]:
    """Return the databases that are files, with their paths."""
    found = ((database, file_of(database)) for database in databases_of(inspected))
    return [(database, path) for database, path in found if path is not None]


def has_files(inspected: Inspected) -> bool:
    """Return whether some database is a file."""
    return bool(files_of(inspected))


def static_folders(app: Flask) -> Iterator[Path]:
    """Yield the folders whose files anybody can fetch."""
    for scaffold in (app, *app.blueprints.values()):
        if scaffold.has_static_folder and scaffold.static_folder is not None:
            yield Path(scaffold.static_folder).resolve()


def template_folders(app: Flask) -> Iterator[Path]:
    """Yield the folders that templates are read from."""
    for scaffold in (app, *app.blueprints.values()):
        if scaffold.template_folder is not None:
            yield (Path(scaffold.root_path) / scaffold.template_folder).resolve()


def mode_of(path: Path) -> int | None:
    """Return the permission bits of a file, or ``None`` where it is not there."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return None


def is_reachable(path: Path) -> bool:
    """Return whether every user of the machine can come to a file: each folder above lets them through."""
    modes = [mode_of(folder) for folder in path.resolve().parents]
    return all(mode is not None and mode & stat.S_IXOTH for mode in modes)


def can_be_replaced(path: Path) -> bool:
    """Return whether every user can delete the file and put another in its place."""
    mode = mode_of(path.resolve().parent)
    return mode is not None and bool(mode & stat.S_IWOTH) and not mode & stat.S_ISVTX
