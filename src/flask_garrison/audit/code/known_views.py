"""Views that a loaded application names: found in the source by file and line, whatever way they were registered."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .entries import Entry, view_classes
from .values.objects import Function
from .values.value import Value

if TYPE_CHECKING:
    from .interpreter.machine import Machine


class KnownView(NamedTuple):
    """One rule of the ``url_map``.

    Attributes:
        file: The file of the function, or of the class.
        line: Its first line, decorators included, as Python says it.
        rule: As it stands in ``url_map``.
        methods: Of the rule.
    """

    file: Path
    line: int
    rule: str
    methods: tuple[str, ...]


def entries_of(machine: Machine, views: Iterable[KnownView]) -> list[Entry]:
    """Return the entries of the views that nothing in the code was seen to register."""
    functions = {(_resolved(one), _first_line(one.node)): one for one in _functions(machine)}
    registered = _registered(machine)
    found = []
    for view in views:
        function = functions.get((str(view.file), view.line))
        if function is not None and function.node not in registered:
            found.append(
                Entry(Value(refs=(function,)), function.node, function.source, "route", view.rule, view.methods)
            )
    return found


def _functions(machine: Machine) -> list[Function]:
    return [one for functions in machine.loader.pending.values() for one in functions]


def _registered(machine: Machine) -> set[ast.AST]:
    found: set[ast.AST] = set()
    for entry in (*machine.entries, *machine.views):
        if entry.kind == "route":
            found.update(function.node for function in entry.functions)
            found.update(cls.node for cls in view_classes(entry))
    return found


def _resolved(function: Function) -> str:
    return str(function.source.path)


def _first_line(node: ast.AST) -> int:
    lines = [int(one.lineno) for one in getattr(node, "decorator_list", [])]
    return min([int(getattr(node, "lineno", 0)), *lines])
