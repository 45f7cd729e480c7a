"""Finds the templates of an application by their names, as Flask's loader would, and lowers each when it is wanted."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from ....findings import NotChecked
from ...files import UnreadableError, read_text, shown
from .lowered import Lowered
from .lowering import lower

_Key = tuple[str, str | None]


class Templates:
    """The templates below some folders, read once.

    Attributes:
        not_checked: Templates that were asked for and could not be read, each once, with the reason.
        missing: Names that lead to no file: a library's template, as a rule.

    Args:
        folders: The application's template folder first, then those of its blueprints, as Flask searches them.
        escapes: Whether a template of a name escapes, where the application has a rule of its own.
    """

    def __init__(self, folders: Sequence[Path], *, escapes: Callable[[str], bool] | None = None) -> None:
        self.folders = tuple(folders)
        self.not_checked: list[NotChecked] = []
        self.missing: set[str] = set()
        self._escapes = escapes
        self._texts: dict[str, str | None] = {}
        self._lowered: dict[_Key, Lowered | None] = {}
        self._open: set[_Key] = set()

    def path(self, name: str) -> Path | None:
        """Return the file that a name leads to; none leads out of the folders."""
        parts = PurePosixPath(name.lstrip("/")).parts
        if not parts or ".." in parts or "\\" in name or "\0" in name:
            return None
        return next((path for folder in self.folders if (path := folder.joinpath(*parts)).is_file()), None)

    def lowered(self, name: str, context: str | None = None) -> Lowered | None:
        """Lower a template, its blocks in the places that its parents give them.

        Args:
            name: As ``render_template``, ``{% extends %}`` and ``{% include %}`` write it.
            context: Where it is included (the second argument of ``@include``); else its name decides.

        Returns:
            ``None`` if there is no such template or it cannot be read: :attr:`not_checked` says why.
        """
        key = name, context
        if key not in self._lowered:
            self._lowered[key] = self._lower(key)
        return self._lowered[key]

    def chain(self, name: str, context: str | None = None) -> list[Lowered]:
        """Return a template and its parents, up to the one that extends nothing, as far as they have literal names."""
        found: list[Lowered] = []
        template = self.lowered(name, context)
        while template is not None and template not in found:
            found.append(template)
            template = self._parent(template, context)
        return found

    def _lower(self, key: _Key) -> Lowered | None:
        name, context = key
        text = self._text(name)
        if text is None:
            return None
        self._open.add(key)
        try:
            template = self._lower_text(name, text, context)
            parent = self._parent(template, context)
            if parent is None or not parent.block_contexts:
                return template
            places = parent.block_contexts
            if all(places.get(block.name, block.context) == block.context for block in template.blocks.values()):
                return replace(template, block_contexts={**places, **template.block_contexts})
            return self._lower_text(name, text, context, places)
        except UnreadableError as error:
            self._leave_out(shown(self.path(name) or Path(name)), error.reason, error.how_to_include)
            return None
        finally:
            self._open.discard(key)

    def _lower_text(
        self, name: str, text: str, context: str | None, places: Mapping[str, str] | None = None
    ) -> Lowered:
        escapes = self._escapes(name) if self._escapes else None
        return lower(text, name, block_contexts=places or {}, context=context, autoescape=escapes)

    def _parent(self, template: Lowered, context: str | None) -> Lowered | None:
        names = parents(template)
        name = next((name for name in names if self.path(name)), names[0] if names else None)
        return None if name is None or (name, context) in self._open else self.lowered(name, context)

    def _text(self, name: str) -> str | None:
        if name not in self._texts:
            self._texts[name] = self._read(name)
        return self._texts[name]

    def _read(self, name: str) -> str | None:
        path = self.path(name)
        if path is None:
            self.missing.add(name)
            return None
        try:
            return read_text(path)
        except UnreadableError as error:
            self._leave_out(shown(path), error.reason, error.how_to_include)
            return None

    def _leave_out(self, what: str, reason: str, how_to_include: str) -> None:
        entry = NotChecked(what=what, reason=reason, how_to_include=how_to_include)
        if entry not in self.not_checked:
            self.not_checked.append(entry)


def parents(template: Lowered) -> list[str]:
    """Return the names that a template extends, as far as they are literal."""
    return list(_literals(template.extends)) if template.extends is not None else []


def _literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.List | ast.Tuple):
        for item in node.elts:
            yield from _literals(item)
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)
