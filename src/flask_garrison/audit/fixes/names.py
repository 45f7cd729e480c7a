"""What the names of a file mean: which come from an import, and which are bound in any other way."""

from __future__ import annotations

import ast
from collections.abc import Iterator


class Names:
    """The names of one file, without regard to scopes: a name with two meanings has none.

    Attributes:
        imported: Names that imports bind, each with what it stands for, such as ``{"y": "yaml"}``.
        bound: Names that anything else binds.
        at_top: Names that an import at the top level of the module binds.
    """

    def __init__(self, tree: ast.Module) -> None:
        self.imported: dict[str, str] = {}
        self.bound: set[str] = set()
        self._bindings: list[tuple[ast.Name, ast.expr]] = []
        self._stores: list[ast.Name] = []
        self._others: set[str] = set()
        for node in ast.walk(tree):
            self._note(node)
            for name, path in _imports(node):
                if self.imported.setdefault(name, path) != path:
                    self.bound.add(name)
            self.bound.update(_bound(node))
        self.at_top = {name for node in tree.body for name, _ in _imports(node)}

    def _note(self, node: ast.AST) -> None:
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            self._stores.append(node)
        else:
            self._others.update(_bound(node))
        self._bindings += [(target, value) for target, value in _bindings(node) if isinstance(target, ast.Name)]

    def path(self, node: ast.AST) -> str:
        """Return what an expression of names and dots stands for, such as ``yaml.load``; empty: not known."""
        if isinstance(node, ast.Attribute):
            owner = self.path(node.value)
            return f"{owner}.{node.attr}" if owner else ""
        if isinstance(node, ast.Name) and node.id not in self.bound:
            return self.imported.get(node.id, "")
        return ""

    def values(self, name: str) -> list[ast.expr | None]:
        """Return what a name is bound to anywhere in the file; ``None`` for each time that nobody can say."""
        known = [(target, value) for target, value in self._bindings if target.id == name]
        stores = [one for one in self._stores if one.id == name]
        unknown = len(stores) - len(known) + (name in self._others)
        return [*(value for _, value in known), *[None] * max(unknown, 0)]

    def has(self, module: str) -> bool:
        """Return whether a module is there under its own name in the whole file."""
        return self.imported.get(module) == module and module in self.at_top and module not in self.bound

    def can_import(self, module: str) -> bool:
        """Return whether ``import module`` takes the name from nothing else."""
        return self.imported.get(module, module) == module and module not in self.bound


_NAMED = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef),
    *(ast.ExceptHandler, ast.MatchAs, ast.MatchStar),
)


def _imports(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            first = alias.name.partition(".")[0]
            yield (alias.asname, alias.name) if alias.asname else (first, first)
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            yield alias.asname or alias.name, f"{'.' * node.level}{node.module or ''}.{alias.name}"


def _bound(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        yield node.id
    elif isinstance(node, ast.arg):
        yield node.arg
    elif isinstance(node, _NAMED) and node.name:
        yield node.name
    elif isinstance(node, ast.MatchMapping) and node.rest:
        yield node.rest


def _bindings(node: ast.AST) -> Iterator[tuple[ast.expr | None, ast.expr]]:
    if isinstance(node, ast.Assign):
        yield from ((target, node.value) for target in node.targets)
    elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
        yield node.target, node.value
    elif isinstance(node, ast.withitem):
        yield node.optional_vars, node.context_expr
