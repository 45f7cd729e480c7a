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
        is_template: Whether it is a template, which was lowered to code; what people are shown is the template.
        tree: What was parsed.
    """

    __slots__ = ("is_package", "is_template", "is_test", "name", "path", "shown", "tree")

    def __init__(
        self, path: Path, shown: str, name: str, tree: ast.Module, is_test: bool = False, is_template: bool = False
    ) -> None:
        self.path = path
        self.shown = shown
        self.name = name
        self.tree = tree
        self.is_test = is_test
        self.is_template = is_template
        self.is_package = path.name == "__init__.py"

    @property
    def package(self) -> str:
        """Dotted name of the package that relative imports start from."""
        return self.name if self.is_package else self.name.rpartition(".")[0]

    def line(self, number: int) -> str:
        """Return a line as it stands in the file, without the white space around it; empty where it cannot be read."""
        try:
            text = self.path.read_text("utf-8", errors="replace")
        except OSError:
            return ""
        lines = text.splitlines()
        return " ".join(lines[number - 1].split())[:160] if 0 < number <= len(lines) else ""

    def __repr__(self) -> str:
        """Return its path."""
        return f"<Source {self.shown}>"


def module_name(root: Path, path: Path) -> str:
    """Return the dotted name of a file below a root; of a package that of its folder."""
    parts = list(path.relative_to(root).with_suffix("").parts)
    if parts and parts[-1] == "__init__":
        parts.pop()
    return ".".join(parts)
