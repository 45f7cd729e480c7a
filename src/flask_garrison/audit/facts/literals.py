"""Values in Python source, worked out without running it: constants, and what is made of constants and the environment.

A configuration file is code. What this module does not understand has no value here, and whoever asks has to say so.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

_LARGEST = 100_000


class NotLiteral(Exception):
    """An expression whose value only running it could tell."""


@dataclass
class Assigned:
    """The names that a module assigns at its top.

    Attributes:
        values: Name to value, where it could be worked out.
        lines: Name to the line of its last assignment; functions and what could not be worked out are among them.
        unread: Names that are assigned in a way that only running the module could tell.
        anything: Whether a name that is not here may be assigned all the same, as by ``from x import *``.
    """

    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    anything: bool = False


def assigned_in(source: str | bytes, environ: Mapping[str, str]) -> Assigned:
    """Return what a module assigns.

    Raises:
        SyntaxError: where it is no Python.
        ValueError: where it holds a NUL.
    """
    found = Assigned()
    for statement in ast.parse(source).body:
        _read(statement, found, environ)
    return found


def _read(statement: ast.stmt, found: Assigned, environ: Mapping[str, str]) -> None:
    if isinstance(statement, ast.Assign) and all(isinstance(target, ast.Name) for target in statement.targets):
        for target in statement.targets:
            _assign(target, statement.value, found, environ)
    elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name) and statement.value:
        _assign(statement.target, statement.value, found, environ)
    elif isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        found.lines[statement.name] = statement.lineno
    elif isinstance(statement, ast.ImportFrom) and any(name.name == "*" for name in statement.names):
        found.anything = True
    elif not isinstance(statement, ast.Import | ast.ImportFrom | ast.Expr):
        _forget(statement, found)
    elif isinstance(statement, ast.Expr) and "globals" in ast.dump(statement):
        found.anything = True


def _assign(target: ast.expr, value: ast.expr, found: Assigned, environ: Mapping[str, str]) -> None:
    assert isinstance(target, ast.Name)  # noqa: S101 - the callers looked
    name = target.id
    found.lines[name] = target.lineno
    try:
        found.values[name] = value_of(value, found.values, environ)
        found.unread.discard(name)
    except NotLiteral:
        found.values.pop(name, None)
        found.unread.add(name)


def _forget(statement: ast.stmt, found: Assigned) -> None:
    """Forget every name that a branch, a loop or a change in place may give another value."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and (node.id in found.values or isinstance(node.ctx, ast.Store)):
            found.values.pop(node.id, None)
            found.unread.add(node.id)
            found.lines[node.id] = node.lineno


def value_of(node: ast.expr, names: Mapping[str, Any], environ: Mapping[str, str]) -> Any:
    """Return the value of an expression.

    Raises:
        NotLiteral: where only running it could tell.
    """
    again: Callable[[ast.expr], Any] = lambda part: value_of(part, names, environ)  # noqa: E731
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name) and node.id in names:
        return names[node.id]
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return [again(part) for part in node.elts]
    if isinstance(node, ast.Dict) and all(node.keys):
        return {again(key): again(value) for key, value in zip(node.keys, node.values, strict=True) if key}
    if isinstance(node, ast.JoinedStr):
        return "".join(_piece(part, again) for part in node.values)
    if isinstance(node, ast.BinOp | ast.UnaryOp | ast.BoolOp):
        return _operated(node, again)
    return _asked(node, again, environ)


def _piece(part: ast.expr, again: Callable[[ast.expr], Any]) -> str:
    if isinstance(part, ast.FormattedValue):
        if part.format_spec is not None or part.conversion != -1:
            raise NotLiteral
        return str(again(part.value))
    return str(again(part))


def _operated(node: ast.BinOp | ast.UnaryOp | ast.BoolOp, again: Callable[[ast.expr], Any]) -> Any:
    if isinstance(node, ast.BoolOp):
        values = [again(part) for part in node.values]
        wanted = isinstance(node.op, ast.Or)
        return next((value for value in values[:-1] if bool(value) is wanted), values[-1])
    if isinstance(node, ast.UnaryOp):
        value = again(node.operand)
        if isinstance(node.op, ast.Not):
            return not value
        if isinstance(node.op, ast.USub) and isinstance(value, int | float):
            return -value
        raise NotLiteral
    left, right = again(node.left), again(node.right)
    return _combined(node.op, left, right)


def _combined(operator: ast.operator, left: Any, right: Any) -> Any:
    if isinstance(operator, ast.Add) and type(left) is type(right) and isinstance(left, str | int | float | list):
        return left + right
    numbers = isinstance(left, int | float) and isinstance(right, int | float)
    if numbers and isinstance(operator, ast.Mult) and abs(left) < _LARGEST**2 and abs(right) < _LARGEST**2:
        return left * right
    if numbers and isinstance(operator, ast.Sub):
        return left - right
    raise NotLiteral


def _asked(node: ast.expr, again: Callable[[ast.expr], Any], environ: Mapping[str, str]) -> Any:
    """Return what the environment says, and the conversions that usually stand around it."""
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
        key = again(node.slice)
        if key in environ:
            return environ[key]
        raise NotLiteral
    if not isinstance(node, ast.Call) or node.keywords:
        raise NotLiteral
    called, arguments = ast.unparse(node.func), [again(part) for part in node.args]
    if called in ("os.environ.get", "os.getenv", "environ.get", "getenv") and arguments:
        return environ.get(str(arguments[0]), arguments[1] if len(arguments) > 1 else None)
    if called in ("int", "str", "bool", "float") and len(arguments) == 1:
        return _converted(called, arguments[0])
    raise NotLiteral


def _converted(called: str, value: Any) -> Any:
    kinds: dict[str, Callable[[Any], Any]] = {"int": int, "str": str, "bool": bool, "float": float}
    try:
        return kinds[called](value)
    except (TypeError, ValueError) as error:
        raise NotLiteral from error
