"""Names that Jinja keeps inside a ``{% for %}``, ``{% with %}``, macro and the like, and Python would not.

Such a name is renamed (``user`` becomes ``user@3``) where the template also uses it outside, or may read it before it
is set, so that neither hides the other; everywhere else it keeps its name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinja2 import nodes


@dataclass(slots=True, eq=False)
class Scope:
    """What one statement keeps inside.

    Attributes:
        start: Number of the first use of a name in it.
        end: Number of the first use behind it.
        targets: Names that it binds itself.
        stored: Names that are set in it.
        certain: Those of them that are set before anything else happens to them.
        loops: Whether it uses its own ``loop``.
    """

    start: int = 0
    end: int = 0
    targets: set[str] = field(default_factory=set)
    stored: set[str] = field(default_factory=set)
    certain: set[str] = field(default_factory=set)
    loops: bool = False


class Scopes:
    """The scopes of a template."""

    def __init__(self, template: nodes.Template) -> None:
        self._scopes: dict[int, Scope] = {}
        self._first: dict[str, int] = {}
        self._last: dict[str, int] = {}
        self._count = 0
        self._open: list[Scope] = []
        self._loops: list[Scope] = []
        self._branches = 0
        self._outer: list[int] = []
        self._visit(template)

    def of(self, node: nodes.Node) -> Scope:
        """Return the scope of a statement."""
        return self._scopes[id(node)]

    def clashes(self, identifier: str, scope: Scope) -> bool:
        """Return whether a name that a scope binds may mean another outside, or before."""
        if identifier in scope.stored - scope.certain - scope.targets:
            return True
        return self._first.get(identifier, scope.start) < scope.start or self._last.get(identifier, -1) >= scope.end

    def _use(self, identifier: str) -> None:
        self._first.setdefault(identifier, self._count)
        self._last[identifier] = self._count
        self._count += 1

    def _store(self, identifier: str) -> None:
        if self._open:
            scope = self._open[-1]
            if not self._branches and self._last.get(identifier, -1) < scope.start:
                scope.certain.add(identifier)
            scope.stored.add(identifier)
        self._use(identifier)

    def _visit(self, node: nodes.Node) -> None:
        kind = type(node)
        visit = _VISITS.get(kind)
        if visit is not None:
            visit(self, node)
        elif kind is not nodes.TemplateData and kind is not nodes.Const:
            self._visit_fields(node)

    def _visit_fields(self, node: nodes.Node) -> None:
        for name in node.fields:
            value = getattr(node, name, None)
            if isinstance(value, list):
                self._visit_all(value)
            elif isinstance(value, nodes.Node):
                self._visit(value)

    def _visit_all(self, items: Sequence[nodes.Node]) -> None:
        for item in items:
            if isinstance(item, nodes.Node):
                self._visit(item)

    def _visit_name(self, node: nodes.Name) -> None:
        if node.ctx != "load":
            self._store(node.name)
            return
        self._use(node.name)
        if node.name == "loop" and self._loops:
            self._loops[-1].loops = True

    def _visit_assign(self, node: nodes.Assign) -> None:
        self._visit(node.node)
        self._visit(node.target)

    def _visit_if(self, node: nodes.If) -> None:
        self._visit(node.test)
        self._branches += 1
        self._visit_all([*node.elif_, *node.body, *node.else_])
        self._branches -= 1

    def _visit_reference(self, node: nodes.NSRef) -> None:
        self._use(node.name)

    def _visit_macro(self, node: nodes.Macro) -> None:
        self._store(node.name)
        self._visit_function(node)

    def _visit_function(self, node: nodes.Macro | nodes.CallBlock) -> None:
        self._visit_all(node.defaults)
        if isinstance(node, nodes.CallBlock):
            self._visit(node.call)
        self._visit_binding(node, node.args)

    def _visit_filtered(self, node: nodes.FilterBlock) -> None:
        self._visit(node.filter)
        self._visit_binding(node, [])

    def _visit_captured(self, node: nodes.AssignBlock) -> None:
        if node.filter is not None:
            self._visit(node.filter)
        self._visit_binding(node, [])
        self._visit(node.target)

    def _visit_block(self, node: nodes.Block) -> None:
        """Visit a block, which is run in a scope of its own."""
        around, self._open = self._open, []
        self._visit_all(node.body)
        self._open = around

    def _visit_binding(self, node: nodes.Node, targets: Sequence[nodes.Node]) -> None:
        """Visit a body for which names are bound."""
        scope = self._enter(node)
        self._visit_all(targets)
        scope.targets, scope.stored = scope.stored, set()
        self._visit_all(getattr(node, "body", []))
        self._leave(scope)

    def _visit_import(self, node: nodes.Import) -> None:
        self._visit(node.template)
        self._store(node.target)

    def _visit_from(self, node: nodes.FromImport) -> None:
        self._visit(node.template)
        for item in node.names:
            self._store(item if isinstance(item, str) else item[1])

    def _visit_for(self, node: nodes.For) -> None:
        self._visit(node.iter)
        self._visit_all(node.else_)
        scope = self._enter(node)
        self._loops.append(scope)
        self._visit(node.target)
        scope.targets, scope.stored = scope.stored, set()
        if node.test is not None:
            self._visit(node.test)
        self._visit_all(node.body)
        self._loops.pop()
        self._leave(scope)

    def _visit_with(self, node: nodes.With) -> None:
        self._visit_all(node.values)
        self._visit_binding(node, node.targets)

    def _visit_scope(self, node: nodes.Node) -> None:
        scope = self._enter(node)
        self._visit_fields(node)
        self._leave(scope)

    def _enter(self, node: nodes.Node) -> Scope:
        scope = self._scopes[id(node)] = Scope(self._count)
        self._open.append(scope)
        self._outer.append(self._branches)
        self._branches = 0
        return scope

    def _leave(self, scope: Scope) -> None:
        self._open.pop()
        self._branches = self._outer.pop()
        scope.end = self._count


_VISITS: dict[type[nodes.Node], Callable[[Scopes, Any], None]] = {
    nodes.Name: Scopes._visit_name,
    nodes.Assign: Scopes._visit_assign,
    nodes.If: Scopes._visit_if,
    nodes.NSRef: Scopes._visit_reference,
    nodes.Macro: Scopes._visit_macro,
    nodes.CallBlock: Scopes._visit_function,
    nodes.FilterBlock: Scopes._visit_filtered,
    nodes.AssignBlock: Scopes._visit_captured,
    nodes.Block: Scopes._visit_block,
    nodes.Import: Scopes._visit_import,
    nodes.FromImport: Scopes._visit_from,
    nodes.For: Scopes._visit_for,
    nodes.With: Scopes._visit_with,
    nodes.Scope: Scopes._visit_scope,
}
