"""What is known while a template is lowered: the position in the document, the names, the escaping."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeAlias

from jinja2 import nodes

from . import build
from .contexts import CAPTURED, Where
from .lowered import BlockLowered
from .position import Position
from .scopes import Scopes

Table: TypeAlias = "Mapping[type[nodes.Node], Callable[[State, Any], list[ast.stmt]]]"
"""A function for each statement of Jinja that lowers it."""


class State:
    """The state of lowering one template.

    Attributes:
        position: Where in the document the next piece stands.
        start: The context in which the template begins.
        given: Contexts of the blocks that a parent places.
        autoescaped: Whether what is written now is escaped; ``None`` if only a run can tell.
        names: What the names of the inner scopes are called in Python.
        block: The block that is being lowered.
        recursion: The function that a ``loop(...)`` calls.
        branches: How many branches are around.
        extends: The parent.
        silent: Whether nothing written here is rendered, because a parent is.
    """

    def __init__(
        self, tree: nodes.Template, position: Position, given: Mapping[str, str], escaped: bool, table: Table
    ) -> None:
        self._table = table
        self.position = position
        self.start = position.where().context
        self.given = given
        self.default_escaped = escaped
        self.autoescaped: bool | None = escaped
        self.scopes = Scopes(tree)
        self.names: dict[str, str] = {}
        self.block: str | None = None
        self.recursion: str | None = None
        self.branches = 0
        self.extends: ast.expr | None = None
        self.extends_always = False
        self.silent = False
        self.captured_from: Where | None = None
        self.blocks: dict[str, BlockLowered] = {}
        self.placed: dict[str, str] = {}
        self.references: set[str] = set()
        self._numbers = 0

    def lower(self, body: list[nodes.Node]) -> list[ast.stmt]:
        """Lower statements in their order; what only an extension can make is what stands in it."""
        lowered: list[ast.stmt] = []
        for node in body:
            statement = self._table.get(type(node))
            lowered += statement(self, node) if statement else self.lower(list(node.iter_child_nodes()))
        return lowered

    def called(self, name: str) -> str:
        """Return what a name is called here in Python."""
        return self.names.get(name, name)

    def fresh(self, stem: str) -> str:
        """Return a name that no template can contain."""
        self._numbers += 1
        return f"{stem}{self._numbers}"

    def write(self, line: int, value: ast.expr, *, escaped: bool | None) -> list[ast.stmt]:
        """Return what writes a value here, and go past it."""
        where = self.position.where()
        self.position.hole()
        if self.silent:
            return []
        if where == self.captured_from:
            where = Where(CAPTURED)
        emit = build.call(line, "@emit", value, build.constant(line, where.context), build.constant(line, escaped))
        if where.quote is not None:
            build.add(emit, "quote", build.constant(line, where.quote))
        return [build.statement(emit)]

    def text(self, line: int, text: str) -> list[ast.stmt]:
        """Go past the author's text; where it becomes a value, return what adds it."""
        self.position.text(text)
        if self.captured_from is None or self.silent:
            return []
        return [build.statement(build.call(line, "@data", build.constant(line, text)))]

    @contextmanager
    def scope(self, node: nodes.Node, parameters: Collection[str] = ()) -> Iterator[list[ast.stmt]]:
        """Enter a scope; what it yields gives the renamed names their first value.

        Args:
            node: The statement that makes it.
            parameters: Names that keep what they are called, because a function binds them.
        """
        scope, around = self.scopes.of(node), self.names
        own = (scope.targets | scope.stored | ({"loop"} if scope.loops else set())).difference(parameters)
        renamed = sorted(name for name in own if self.scopes.clashes(name, scope))
        kept = {name: other for name, other in around.items() if name not in parameters}
        self.names = kept | {name: self.fresh(f"{name}@") for name in renamed}
        # Jinja's parser gives the scope of an {% autoescape %} no line.
        line = node.lineno or next((child.lineno for child in node.iter_child_nodes()), 1)
        yield [
            build.assign(line, self.names[name], build.name(line, around.get(name, name)))
            for name in renamed
            if name in scope.stored - scope.targets - scope.certain
        ]
        self.names = around

    @contextmanager
    def capture(self, position: Position | None = None) -> Iterator[None]:
        """Enter what is collected into a value; it starts as a document does, or where it stands."""
        kept = self.position, self.captured_from, self.silent
        self.position = position or self.position
        self.captured_from, self.silent = self.position.where(), False
        yield
        here, self.captured_from, self.silent = kept
        self.position = here if position else self.position

    @contextmanager
    def within_block(self, node: nodes.Block, position: Position | None) -> Iterator[None]:
        """Enter a block: it sees no names of inner scopes but through the call, and escapes as the file does."""
        kept = self.names, self.block, self.recursion, self.captured_from, self.silent, self.autoescaped, self.branches
        here = self.position
        self.names, self.block, self.recursion, self.captured_from = {}, node.name, None, None
        self.silent, self.autoescaped = False, self.default_escaped
        self.position = position or here
        yield
        self.names, self.block, self.recursion, self.captured_from, self.silent, self.autoescaped, self.branches = kept
        self.position = here

    def alternatives(self, *bodies: Callable[[], list[ast.stmt]], skippable: bool = False) -> list[list[ast.stmt]]:
        """Lower bodies of which one is rendered, or none if ``skippable``."""
        before = self.position.mark()
        ends = [before] if skippable else []
        lowered = []
        self.branches += 1
        for body in bodies:
            self.position.go(before)
            lowered.append(body())
            ends.append(self.position.mark())
        self.branches -= 1
        self.position.meet(ends)
        return lowered

    def locals(self, line: int) -> dict[str, ast.expr]:
        """Return the argument that hands on renamed names under their own, if there are any."""
        if not self.names:
            return {}
        keys: list[ast.expr | None] = [build.constant(line, name) for name in self.names]
        return {"scope": build.at(line, ast.Dict(keys, [build.name(line, other) for other in self.names.values()]))}
