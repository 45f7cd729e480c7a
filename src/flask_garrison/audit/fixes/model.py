"""What a repair is: edits of the text, and the same change of the tree, so that one proves the other."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from .code import Code, Node


class Edit(NamedTuple):
    """Text from ``start`` to ``end`` becomes ``new``; nothing is replaced where the two are equal."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair.

    Attributes:
        node: The node that it changes; nothing outside it may come out different.
        edits: The change of the text.
        change: The same change of a copy of the node; returns the node that takes its place.
        imports: Modules that the new text names.
    """

    node: ast.AST
    edits: tuple[Edit, ...]
    change: Callable[[Any], ast.AST]
    imports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule found something.

    Attributes:
        code: The file.
        line: From 1.
        column: From 1, in UTF-16 code units; ``None``: anywhere on the line.
    """

    code: Code
    line: int
    column: int | None = None

    def nodes(self, kind: type[Node]) -> list[Node]:
        """Return the nodes of a kind that may be meant."""
        return self.code.nodes(kind, self.line, self.column)


@dataclass(frozen=True, slots=True)
class Fix:
    """A function that repairs what some rules find; see :func:`fixes`."""

    rules: frozenset[str]
    find: Callable[[Place], Iterable[Repair]]


def fixes(*rules: str) -> Callable[[Callable[[Place], Iterable[Repair]]], Fix]:
    """Join a function to the rules whose findings it repairs, as a decorator."""

    def join(find: Callable[[Place], Iterable[Repair]]) -> Fix:
        return Fix(frozenset(rules), find)

    return join


def expression(words: str) -> ast.expr:
    """Return the tree of an expression."""
    return ast.parse(words, mode="eval").body
