"""The folders of templates of a project, the ones nearest to a file first."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from ..jinja import Templates


class TemplateFolders:
    """Folders of templates.

    Attributes:
        all: Every loader that was made, for what could not be read.
    """

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = sorted(folders)
        self._by_file: dict[Path, Templates | None] = {}
        self.all: dict[tuple[Path, ...], Templates] = {}

    def for_file(self, file: Path) -> Templates | None:
        """Return the templates as the application that a file belongs to finds them."""
        folder = file.parent
        if folder not in self._by_file:
            self._by_file[folder] = self._made(folder)
        return self._by_file[folder]

    @property
    def missing(self) -> set[str]:
        """Names of templates that lead to no file."""
        return {name for templates in self.all.values() for name in templates.missing}

    def _made(self, folder: Path) -> Templates | None:
        if not self._folders:
            return None
        order = tuple(sorted(self._folders, key=lambda one: -len(os.path.commonpath([one.parent, folder]))))
        if order not in self.all:
            self.all[order] = Templates(order)
        return self.all[order]
