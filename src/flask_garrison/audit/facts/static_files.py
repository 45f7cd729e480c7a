"""The folders whose files every browser may fetch, and what lies in them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ..inspected import Inspected

MOST = 50_000
"""Files of one static folder that are looked at."""


class StaticFolder(NamedTuple):
    """A folder of files and the address under which it is served."""

    folder: Path
    url: str

    def address_of(self, path: Path) -> str:
        """Return the address of a file."""
        return f"{self.url.rstrip('/')}/{path.relative_to(self.folder).as_posix()}"


def static_folders(inspected: Inspected) -> list[StaticFolder]:
    """Return the static folders of the application and its blueprints that exist and are served, each once."""
    found: dict[Path, StaticFolder] = {}
    scaffolds: list[tuple[str, Any]] = [("static", inspected.app), *_blueprints(inspected)]
    for endpoint, scaffold in scaffolds:
        rule = next((route.rule for route in inspected.routes if route.endpoint == endpoint), None)
        if scaffold.static_folder is not None and rule is not None:
            folder = Path(scaffold.static_folder)
            if folder.is_dir():
                found.setdefault(folder.resolve(), StaticFolder(folder.resolve(), rule.partition("<")[0]))
    return list(found.values())


def _blueprints(inspected: Inspected) -> Iterator[tuple[str, Any]]:
    for name, blueprint in inspected.app.blueprints.items():
        yield f"{name}.static", blueprint


def entries(static: StaticFolder) -> Iterator[Path]:
    """Yield files and folders below a static folder, parents first; links are named and not followed."""
    count = 0
    for root, folders, files in os.walk(static.folder):
        folders.sort()
        for name in (*folders, *sorted(files)):
            count += 1
            if count > MOST:
                return
            yield Path(root, name)


def is_too_large(static: StaticFolder) -> bool:
    """Return whether a folder holds more than is looked at."""
    count = 0
    for _, folders, files in os.walk(static.folder):
        count += len(folders) + len(files)
        if count > MOST:
            return True
    return False
