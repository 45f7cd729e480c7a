"""One file of the project, read when it is first asked for."""

from __future__ import annotations

import ast
from pathlib import Path


class Source:
    """A file with Python code.

    Attributes:
        path: Where it lies.
        shown: The path as a user opens it.
        name: Dotted name of the module, counted from the root of the project.
        is_package: Whether it is an ``__init__.py``.
        is_test: Whether it belongs to tests.
        tree: What was parsed.
    """

    __slots__ = ("is_package", "is_test", "name", "path", "shown", "tree")

    def __init__(self, path: Path, shown: str, name: str, tree: ast.Module, is_test: bool = False) -> None:
        self.path = path
        self.shown = shown
        self.name = name
        self.tree = tree
        self.is_test = is_test
        self.is_package = path.name == "__init__.py"

    @property
    def package(self) -> str:
        """Dotted name of the package that relative imports start from."""
        return self.name if self.is_package else self.name.rpartition(".")[0]

    def __repr__(self) -> str:
        """Return its path."""
        return f"<Source {self.shown}>"


def module_name(root: Path, path: Path) -> str:
    """Return the dotted name of a file below a root; of a package that of its folder."""
    parts = list(path.relative_to(root).with_suffix("").parts)
    if parts and parts[-1] == "__init__":
        parts.pop()
    return ".".join(parts)
