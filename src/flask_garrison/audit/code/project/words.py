"""Which functions are of interest: those that name a source or a sink, and those that call one of these."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from ..values.objects import Function
from .sources import Source

COMMON: Final = 25
"""A name that more functions than this use says nothing of what is called."""

REGISTERING: Final = frozenset(
    {
        *(
            "route",
            "add_url_rule",
            "add_resource",
            "as_view",
            "register_blueprint",
            "register_api",
            "register_view",
            "expose",
        ),
        *(
            "before_request",
            "after_request",
            "before_app_request",
            "errorhandler",
            "register_error_handler",
            "context_processor",
        ),
        *("template_filter", "add_template_filter", "jinja_env", "add_view", "add_namespace", "init_app"),
    }
)
"""Names by which views, hooks and filters are registered."""


class Words:
    """The identifiers of each function of a project, and what follows from them."""

    def __init__(self, sources: Iterable[Source], interest: frozenset[str], clients: frozenset[str]) -> None:
        self._direct: set[ast.AST] = set()
        self._reads: set[ast.AST] = set()
        self._registers: set[ast.AST] = set()
        self._collect(sources, interest | clients, clients)

    def reads_client(self, function: Function) -> bool:
        """Return whether a function, or what it calls by name, names what a client sends."""
        return function.node in self._reads

    def is_direct(self, function: Function) -> bool:
        """Return whether a function itself names something of interest."""
        return function.node in self._direct

    def registers(self, function: Function) -> bool:
        """Return whether a function may register views or hooks."""
        return function.node in self._registers

    def _collect(self, sources: Iterable[Source], interest: frozenset[str], clients: frozenset[str]) -> None:
        callers: dict[str, list[ast.FunctionDef | ast.AsyncFunctionDef]] = defaultdict(list)
        queue: list[ast.FunctionDef | ast.AsyncFunctionDef] = []
        for source in sources:
            for node, words in words_of(source.tree):
                for word in words:
                    callers[word].append(node)
                if not words.isdisjoint(interest):
                    self._direct.add(node)
                if not words.isdisjoint(clients):
                    queue.append(node)
                if not words.isdisjoint(REGISTERING):
                    self._registers.add(node)
        while queue:
            node = queue.pop()
            if node in self._reads:
                continue
            self._reads.add(node)
            users = callers.get(node.name, ())
            if len(users) <= COMMON:
                queue.extend(users)


def words_of(tree: ast.AST) -> list[tuple[ast.FunctionDef | ast.AsyncFunctionDef, set[str]]]:
    """Return every function below a node with the names and attributes in it, those of inner functions included."""
    found: list[tuple[ast.FunctionDef | ast.AsyncFunctionDef, set[str]]] = []
    _visit(tree, [], found)
    return found


def _visit(
    node: ast.AST, around: list[set[str]], found: list[tuple[ast.FunctionDef | ast.AsyncFunctionDef, set[str]]]
) -> None:
    stack: list[tuple[ast.AST, tuple[set[str], ...]]] = [(node, tuple(around))]
    while stack:
        item, sets = stack.pop()
        kind = type(item)
        if kind is ast.Name:
            for words in sets:
                words.add(item.id)  # type: ignore[attr-defined]
            continue
        if kind is ast.Attribute:
            for words in sets:
                words.add(item.attr)  # type: ignore[attr-defined]
        elif isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef)):
            own: set[str] = set()
            found.append((item, own))
            sets = (*sets, own)
        for child in ast.iter_child_nodes(item):
            stack.append((child, sets))
