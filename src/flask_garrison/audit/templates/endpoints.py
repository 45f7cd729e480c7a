"""Which endpoints render which template, as far as it can be read from the source without running it."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ..files import UnreadableError, Walk, read_text
from .reading import Template
from .views import Module, Source, read_module

_WORDS = ("render_template", "stream_template", "Blueprint", "Flask(", "as_view", "register_blueprint")


class Endpoints:
    """Endpoints by template, includes and inheritance followed."""

    def __init__(self, source: Source, templates: Iterable[Template]) -> None:
        self._folders = source.template_folders | {"templates"}
        self._rendered = _rendered(source)
        self._known: dict[str, list[str]] = {}
        self._users: dict[str, set[str]] = defaultdict(set)
        for template in templates:
            for used in template.uses:
                self._users[used] |= self._names(template)

    def of(self, template: Template) -> list[str]:
        """Return the sorted endpoints whose pages contain a template, as far as they are known."""
        if template.name not in self._known:
            self._known[template.name] = self._find(template)
        return self._known[template.name]

    def _find(self, template: Template) -> list[str]:
        pending, seen = self._names(template), set[str]()
        while pending:
            name = pending.pop()
            seen.add(name)
            pending |= self._users.get(name, set()) - seen
        return sorted(set[str]().union(*(self._rendered.get(name, set()) for name in seen)))

    def _names(self, template: Template) -> set[str]:
        """Return the names under which an application could ask for a template."""
        parts = Path(template.name).parts
        return {"/".join(parts[i + 1 :]) for i, part in enumerate(parts[:-1]) if part in self._folders} or {
            template.name
        }


def read_endpoints(folder: Path, templates: Iterable[Template]) -> Endpoints:
    """Read the Python files below a folder; what cannot be read or parsed only costs names of endpoints."""
    return Endpoints(Source(list(_modules(folder))), templates)


def _modules(folder: Path) -> Iterator[Module]:
    for path in Walk(folder, lambda path: path.suffix == ".py").files():
        try:
            text = read_text(path)
            if any(word in text for word in _WORDS):
                yield read_module(path.relative_to(folder), ast.parse(text))
        except (UnreadableError, SyntaxError, ValueError, RecursionError, MemoryError):
            continue


def _rendered(source: Source) -> Mapping[str, set[str]]:
    rendered: dict[str, set[str]] = defaultdict(set)
    for module in source.modules:
        for view in module.views:
            for template in source.templates(view):
                rendered[template] |= source.endpoints(module, view)
    return rendered
