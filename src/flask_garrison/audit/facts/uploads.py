"""Where an application keeps the files of its users, as far as its configuration names it, and its templates."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from ..inspected import Inspected

_KEY = re.compile(r"(?:^|_)UPLOAD(?:S|ED)?(?:_|$)")
_PLACE = re.compile(r"(?:FOLDER|DIR|DIRECTORY|PATH|DEST|ROOT)$")


class UploadFolder(NamedTuple):
    """A configuration key and the folder that it names."""

    key: str
    folder: Path


def upload_folders(inspected: Inspected) -> list[UploadFolder]:
    """Return what keys such as ``UPLOAD_FOLDER``, ``UPLOADED_PHOTOS_DEST`` or ``UPLOADS`` name."""
    return [
        UploadFolder(key, _absolute(inspected, Path(value)))
        for key, value in inspected.config.items()
        if isinstance(value, str | Path) and str(value) and _names_folder(inspected, key, Path(value))
    ]


def _names_folder(inspected: Inspected, key: str, value: Path) -> bool:
    """A key must say that it is a place, unless its value is a whole path below the application's folder."""
    if not _KEY.search(key):
        return False
    return bool(_PLACE.search(key)) or (value.is_absolute() and Path(inspected.app.root_path) in value.parents)


def _absolute(inspected: Inspected, folder: Path) -> Path:
    """A relative folder is meant from where the application starts, else from the application's own folder."""
    if folder.is_absolute() or folder.is_dir():
        return folder.resolve()
    return (Path(inspected.app.root_path) / folder).resolve()


def is_below(path: Path, folder: Path) -> bool:
    """Return whether a path is a folder or lies in it."""
    return path == folder or path.is_relative_to(folder)


def template_roots(inspected: Inspected) -> list[Path]:
    """Return the existing template folders of the application and its blueprints."""
    scaffolds = (inspected.app, *inspected.app.blueprints.values())
    folders = {Path(one.root_path) / one.template_folder for one in scaffolds if one.template_folder is not None}
    return sorted(folder.resolve() for folder in folders if folder.is_dir())
