"""What an expression is where the environment says nothing: ``os.environ.get("DEBUG", "1") == "1"`` is true."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from typing import Any, Final

_UNKNOWN: Final = object()
_GETTERS: Final = frozenset(
    {"getenv", "os.getenv", "os.environ.get", "environ.get", "config", "env", "env.bool", "env.str"}
)
_SIGNS: Final[dict[type[ast.cmpop], Callable[[Any, Any], Any]]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
    ast.In: lambda one, many: one in many,
    ast.NotIn: lambda one, many: one not in many,
}
_CASTS: Final[dict[str, Callable[[Any], Any]]] = {"bool": bool, "int": int, "str": str}
_METHODS: Final = frozenset({"lower", "upper", "strip", "casefold"})


def is_on_by_default(node: ast.AST | None, tree: ast.Module) -> bool:
    """Return whether an expression reads the environment, and is true where nothing is set there.

    Args:
        node: The expression, a statement that gives it to something, or what it is given to.
        tree: The file.
    """
    if isinstance(node, (ast.Subscript, ast.Attribute)):
        node = next((one.value for one in ast.walk(tree) if isinstance(one, ast.Assign) and node in one.targets), None)
    elif isinstance(node, (ast.Assign, ast.AnnAssign, ast.keyword)):
        node = node.value
    if not isinstance(node, ast.expr):
        return False
    reader = _Reader(tree)
    value = reader.value(node)
    return reader.reads and value is not _UNKNOWN and bool(value)


class _Reader:
    """Computes an expression with the defaults of what is not set.

    Attributes:
        reads: Whether it came by something that is read from the environment.
    """

    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree
        self._depth = 0
        self.reads = False

    def value(self, node: ast.expr) -> Any:
        """Return what an expression is, or :data:`_UNKNOWN`."""
        handler = getattr(self, f"_{type(node).__name__.lower()}", None)
        self._depth += 1
        try:
            return _UNKNOWN if handler is None or self._depth > 12 else handler(node)
        except (TypeError, ValueError):
            return _UNKNOWN
        finally:
            self._depth -= 1

    def _constant(self, node: ast.Constant) -> Any:
        return node.value

    def _name(self, node: ast.Name) -> Any:
        """A name that the module gives once."""
        found = [
            one.value
            for one in self._tree.body
            if isinstance(one, ast.Assign) and any(isinstance(to, ast.Name) and to.id == node.id for to in one.targets)
        ]
        return self.value(found[0]) if len(found) == 1 else _UNKNOWN

    def _items(self, node: ast.Tuple | ast.List | ast.Set) -> Any:
        items = [self.value(one) for one in node.elts]
        return _UNKNOWN if _UNKNOWN in items else items

    _tuple = _list = _set = _items

    def _unaryop(self, node: ast.UnaryOp) -> Any:
        value = self.value(node.operand)
        return _UNKNOWN if value is _UNKNOWN or not isinstance(node.op, ast.Not) else not value

    def _compare(self, node: ast.Compare) -> Any:
        left, right = self.value(node.left), self.value(node.comparators[0])
        sign = _SIGNS.get(type(node.ops[0]))
        return _UNKNOWN if sign is None or len(node.ops) > 1 or _UNKNOWN in (left, right) else sign(left, right)

    def _call(self, node: ast.Call) -> Any:
        name = ast.unparse(node.func)
        if name in _GETTERS and node.args and isinstance(node.args[0], ast.Constant):
            self.reads = True
            default = node.args[1] if len(node.args) > 1 else _keyword(node, "default")
            return None if default is None else self.value(default)
        if name in _CASTS and len(node.args) == 1:
            value = self.value(node.args[0])
            return _UNKNOWN if value is _UNKNOWN else _CASTS[name](value)
        if isinstance(node.func, ast.Attribute) and node.func.attr in _METHODS and not node.args:
            value = self.value(node.func.value)
            return getattr(value, node.func.attr)() if isinstance(value, str) else _UNKNOWN
        return _UNKNOWN


def _keyword(node: ast.Call, name: str) -> ast.expr | None:
    return next((one.value for one in node.keywords if one.arg == name), None)
