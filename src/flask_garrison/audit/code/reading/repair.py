"""Turns the tree of overwritten source back into what was written."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from .constructs import Constructs, Strings
from .joining import Joiner
from .positions import Positions

_ITEM, _KEY = ".item", ".key"
_NOTHING = ast.Pass()


def repair(tree: ast.Module, text: bytes, found: Constructs) -> None:
    """Turn every node that stands for newer syntax into the node of that syntax, or of its older spelling.

    Raises:
        SyntaxError: where newer syntax stands where it may not.
    """
    repairer = _Repairer(text, found)
    nodes: list[ast.AST] = [tree]
    while nodes:
        node = nodes.pop()
        for name, value in ast.iter_fields(node):
            if isinstance(value, ast.AST):
                value = repairer.repaired(value)
                setattr(node, name, value)
                nodes.append(value)
            elif isinstance(value, list):
                value[:] = [item for item in map(repairer.repaired, value) if item is not _NOTHING]
                nodes += [item for item in value if isinstance(item, ast.AST)]


class _Repairer:
    def __init__(self, text: bytes, found: Constructs) -> None:
        self._found = found
        self._positions = Positions(text)
        self._joiner = Joiner(text, self._positions)
        self._lazy_start: ast.Expr | None = None
        self._repairs: dict[type[ast.AST], Callable[[Any], ast.AST]] = {
            ast.Subscript: self._subscript,
            ast.Name: self._name,
            ast.Assign: self._alias,
            ast.ExceptHandler: self._handler,
            ast.Expr: self._lazy,
            ast.Import: self._import,
            ast.ImportFrom: self._import,
            ast.ListComp: self._comprehension,
            ast.SetComp: self._comprehension,
            ast.GeneratorExp: self._comprehension,
        }

    def repaired(self, node: Any) -> Any:
        """Return what belongs in a node's place, or :data:`_NOTHING`."""
        change = self._repairs.get(type(node))
        return node if change is None else change(node)

    # strings

    def _name(self, node: ast.Name) -> ast.expr:
        strings = self._strings_at(node)
        if strings is None or strings.fields:
            return node
        return self._joined(strings, [], node)

    def _subscript(self, node: ast.Subscript) -> ast.expr:
        chain: list[ast.Subscript] = []
        base: ast.expr = node
        while isinstance(base, ast.Subscript):
            chain.append(base)
            base = base.value
        strings = self._strings_at(base) if isinstance(base, ast.Name) else None
        if strings is None or len(chain) != strings.fields:
            # More subscripts than fields: those outside belong to the program, and the string is found below them.
            return node
        return self._joined(strings, [item.slice for item in reversed(chain)], node)

    def _strings_at(self, node: ast.Name) -> Strings | None:
        return self._found.strings.get(self._positions.offset(node)) if node.id == "f" else None

    def _joined(self, strings: Strings, expressions: list[ast.expr], node: ast.Name | ast.Subscript) -> ast.expr:
        if not isinstance(node.ctx, ast.Load):
            raise SyntaxError("cannot assign to f-string expression", ("", node.lineno, 0, ""))
        return self._joiner.join(strings, iter(expressions))

    # statements

    def _alias(self, node: ast.Assign) -> ast.Assign:
        start = self._found.aliases.get(self._positions.offset(node))
        target = node.targets[0]
        if isinstance(target, ast.Subscript):
            target = target.value
        if start is not None and isinstance(target, ast.Attribute):
            end = self._positions.end(target)
            node.targets = [self._positions.place(ast.Name(id=target.attr, ctx=ast.Store()), start, end)]
        return node

    def _handler(self, node: ast.ExceptHandler) -> ast.ExceptHandler:
        if self._positions.offset(node) in self._found.handlers and node.type is not None:
            kinds = [node.type]
            if isinstance(node.type, ast.Compare):
                kinds = [node.type.left, *node.type.comparators]
            node.type = ast.copy_location(ast.Tuple(elts=kinds, ctx=ast.Load()), node.type)
        return node

    def _lazy(self, node: ast.Expr) -> ast.stmt:
        if self._positions.offset(node) not in self._found.lazy:
            return node
        self._lazy_start = node
        return _NOTHING

    def _import(self, node: ast.Import | ast.ImportFrom) -> ast.stmt:
        if self._lazy_start is not None:
            node.lineno, node.col_offset = self._lazy_start.lineno, self._lazy_start.col_offset
            self._lazy_start = None
        return node

    # comprehensions

    def _comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> ast.expr:
        """Unpack by one loop more: ``[*a for a in b]`` is ``[c for a in b for c in a]``."""
        double = self._found.unpacked.get(self._positions.offset(node))
        if double is None:
            return node
        source = node.elt
        item = ast.copy_location(ast.Name(id=_ITEM, ctx=ast.Load()), source)
        target: ast.expr = ast.copy_location(ast.Name(id=_ITEM, ctx=ast.Store()), source)
        if not double:
            node.elt = item
            node.generators.append(_loop(target, source))
            return node
        key = ast.copy_location(ast.Name(id=_KEY, ctx=ast.Load()), source)
        keys = ast.copy_location(ast.Name(id=_KEY, ctx=ast.Store()), source)
        target = ast.copy_location(ast.Tuple(elts=[keys, target], ctx=ast.Store()), source)
        items = ast.copy_location(ast.Attribute(value=source, attr="items", ctx=ast.Load()), source)
        call = ast.copy_location(ast.Call(func=items, args=[], keywords=[]), source)
        loops = [*node.generators, _loop(target, call)]
        return ast.copy_location(ast.DictComp(key=key, value=item, generators=loops), node)


def _loop(target: ast.expr, source: ast.expr) -> ast.comprehension:
    return ast.comprehension(target=target, iter=source, ifs=[], is_async=0)
