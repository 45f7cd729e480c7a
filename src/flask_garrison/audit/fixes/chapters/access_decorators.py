"""Repairs of guards that stand above the route, where they guard nothing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ..code import Code
from ..model import Edit, Place, Repair, fixes

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_ROUTES = frozenset({"route", "get", "post", "put", "patch", "delete"})
_GUARDS = re.compile(r"requir|auth|login|permi|role|admin|member|owner|scope|protect|restrict|allowed", re.I)


@fixes("access.decorator-order")
def guards_below_routes(place: Place) -> Iterator[Repair]:
    """The lines of a guard move below the last route: what stands above it, Flask has never seen."""
    for function in _functions(place):
        last = max((n for n, one in enumerate(function.decorator_list) if _is_route(one)), default=-1)
        above = [one for one in function.decorator_list[: max(last, 0)] if _is_guard(one)]
        if above:
            edits = _moved(place.code, above, function.decorator_list[last])
            yield Repair(function, edits, _ordered)


def _functions(place: Place) -> list[_Function]:
    return [
        node
        for node in ast.walk(place.code.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and min([node.lineno, *(one.lineno for one in node.decorator_list)]) <= place.line <= node.lineno
    ]


def _is_route(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _ROUTES


def _is_guard(node: ast.expr) -> bool:
    function = node.func if isinstance(node, ast.Call) else node
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return not _is_route(node) and _GUARDS.search(name) is not None


def _moved(code: Code, guards: list[ast.expr], route: ast.expr) -> tuple[Edit, ...]:
    lines = [(code.start_of(one.lineno), code.next_line(code.span(one)[1])) for one in guards]
    behind = code.next_line(code.span(route)[1])
    words = "".join(code.text[start:end] for start, end in lines)
    return (*(Edit(start, end, "") for start, end in lines), Edit(behind, behind, words))


def _ordered(node: _Function) -> _Function:
    last = max(n for n, one in enumerate(node.decorator_list) if _is_route(one))
    above, below = node.decorator_list[:last], node.decorator_list[last:]
    kept = [one for one in above if not _is_guard(one)]
    node.decorator_list = [*kept, below[0], *(one for one in above if _is_guard(one)), *below[1:]]
    return node
