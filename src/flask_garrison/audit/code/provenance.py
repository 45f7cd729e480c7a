"""What a value is called on its way: the names in an expression, and in those that its names stand for.

Taint says where a client's data go; of a password, a key or a token of the server it is the names that tell. A name of a
parameter is followed to the argument of the call, one of a variable to what is assigned to it in the same function.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .interpreter.frames import Frame
    from .values.steps import Step
    from .values.value import Value

_DEEPEST: Final = 6
_MOST: Final = 60
_GETTERS: Final = frozenset({"get", "pop", "getlist", "getenv", "getattr", "setdefault", "__getitem__", "require", "required"})


def names_behind(node: ast.AST | None, frame: Frame | None) -> set[str]:
    """Return the names of an expression, and of what these stand for."""
    found: set[str] = set()
    if node is not None:
        _walk(node, frame, found, set(), 0)
    return found


def names_of(value: Value) -> set[str]:
    """Return the names on the path of a client's value."""
    found: set[str] = set()
    step: Step | None = value.step
    for _ in range(12):
        if step is None:
            break
        _walk(step.node, None, found, set(), _DEEPEST - 1)
        step = step.parent
    return found


def names_around(frame: Frame | None) -> Iterator[str]:
    """Yield the names of the functions that are being interpreted."""
    while frame is not None:
        if frame.function is not None:
            yield from frame.function.name.split(".")
        frame = frame.caller


def _walk(node: ast.AST, frame: Frame | None, found: set[str], seen: set[ast.AST], depth: int) -> None:
    if node in seen or len(found) > _MOST:
        return
    seen.add(node)
    if isinstance(node, ast.Name):
        found.add(node.id)
        if depth < _DEEPEST:
            for other, its_frame in _meanings(node.id, frame):
                _walk(other, its_frame, found, seen, depth + 1)
        return
    if isinstance(node, ast.Attribute):
        found.add(node.attr)
    elif isinstance(node, ast.Subscript):
        found.update(_texts(node.slice))
    elif isinstance(node, ast.Call):
        _of_call(node, found)
    elif isinstance(node, (ast.Lambda, ast.Compare)):
        return
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.expr_context):
            _walk(child, frame, found, seen, depth)


def _of_call(node: ast.Call, found: set[str]) -> None:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name in _GETTERS:
        for argument in node.args[:2]:
            found.update(_texts(argument))


def _texts(node: ast.AST) -> list[str]:
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 60 else []


def _meanings(name: str, frame: Frame | None) -> Iterator[tuple[ast.AST, Frame | None]]:
    """Yield what a name stands for in a frame: the arguments of the call, and what is assigned to it."""
    if frame is None or frame.function is None:
        return
    function = frame.function.node
    for value in assignments(function).get(name, ()):
        yield value, frame
    if isinstance(frame.call, ast.Call):
        for argument in _arguments(function, frame.call, name, frame):
            yield argument, frame.caller


def _arguments(function: ast.AST, call: ast.Call, name: str, frame: Frame) -> Iterator[ast.AST]:
    spec: ast.arguments = function.args  # type: ignore[attr-defined]
    yield from (keyword.value for keyword in call.keywords if keyword.arg in (name, None))
    positional = [one.arg for one in (*spec.posonlyargs, *spec.args)]
    if frame.function is not None and frame.function.binding in ("method", "class"):
        positional = positional[1:]
    if name in positional:
        number = positional.index(name)
        yield from call.args[number : number + 1]
    elif spec.vararg is not None and spec.vararg.arg == name:
        yield from call.args[len(positional) :]


def assignments(function: ast.AST) -> dict[str, list[ast.AST]]:
    """Return what is assigned to each name of a function; it is collected once."""
    known: dict[str, list[ast.AST]] | None = getattr(function, "assigned", None)
    if known is None:
        known = function.assigned = defaultdict(list)  # type: ignore[attr-defined]
        for node in ast.walk(function):
            for target, value in _assigned(node):
                known[target].append(value)
    return known


def _assigned(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield from _pairs(target, node.value)
    elif isinstance(node, (ast.AnnAssign, ast.AugAssign, ast.NamedExpr)) and node.value is not None:
        yield from _pairs(node.target, node.value)
    elif isinstance(node, (ast.For, ast.comprehension)):
        yield from _pairs(node.target, node.iter)
    elif isinstance(node, ast.withitem) and node.optional_vars is not None:
        yield from _pairs(node.optional_vars, node.context_expr)


def _pairs(target: ast.AST, value: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, (ast.Tuple, ast.List)):
        matched = isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts)
        for number, one in enumerate(target.elts):
            yield from _pairs(one, value.elts[number] if matched else value)  # type: ignore[attr-defined]
