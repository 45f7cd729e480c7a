"""Adds ``import module`` where the other imports of a file stand."""

from __future__ import annotations

import ast
import sys
from itertools import pairwise, takewhile
from typing import NamedTuple

from .code import Code
from .model import Edit


class Addition(NamedTuple):
    """An import to be added: the edit, and the index in the module's body that it then has."""

    edit: Edit
    position: int
    module: str


def additions(code: Code, modules: set[str]) -> list[Addition]:
    """Return what adds the modules that are not there yet, in the order in which they then stand."""
    found = [_addition(code, module) for module in modules if not code.names.has(module)]
    return sorted(found, key=lambda one: (one.edit.start, one.module))


def _addition(code: Code, module: str) -> Addition:
    body = code.tree.body
    start = _behind_the_head(body)
    section = _section(body[start:])
    if not section:
        return _before(code, start, module, blank=True)
    if not any(_module(one) in sys.stdlib_module_names for one in section):
        return _before(code, start, module, blank=True)
    smaller = [one for one in section if isinstance(one, ast.Import) and _module(one) < module]
    if not smaller:
        return _before(code, start, module, blank=False)
    return _after(code, smaller[-1], module)


def _behind_the_head(body: list[ast.stmt]) -> int:
    """Return the index behind the docstring and what must come first."""
    start = int(bool(body) and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant))
    while start < len(body) and _module(body[start]) == "__future__":
        start += 1
    return start


def _section(body: list[ast.stmt]) -> list[ast.Import | ast.ImportFrom]:
    """Return the imports at the beginning, up to the first empty line between two."""
    imports = [
        one
        for one in takewhile(lambda one: isinstance(one, ast.Import | ast.ImportFrom), body)
        if isinstance(one, ast.Import | ast.ImportFrom)
    ]
    for number, (one, other) in enumerate(pairwise(imports), 1):
        if other.lineno > (one.end_lineno or one.lineno) + 1:
            return imports[:number]
    return imports


def _module(node: ast.stmt) -> str:
    if isinstance(node, ast.Import):
        return node.names[0].name.partition(".")[0]
    return (node.module or "").partition(".")[0] if isinstance(node, ast.ImportFrom) and not node.level else ""


def _before(code: Code, index: int, module: str, *, blank: bool) -> Addition:
    body = code.tree.body
    if index >= len(body):
        return _at(code, len(code.text), module, len(body), "")
    first = min([body[index].lineno, *(one.lineno for one in getattr(body[index], "decorator_list", ()))])
    # A statement behind a semicolon shares its line with those before.
    index = next(number for number, one in enumerate(body) if (one.end_lineno or one.lineno) >= first)
    return _at(code, code.start_of(first), module, index, code.newline if blank else "")


def _after(code: Code, node: ast.stmt, module: str) -> Addition:
    body = code.tree.body
    last = node.end_lineno or node.lineno
    index = next((number for number, one in enumerate(body) if one.lineno > last), len(body))
    return _at(code, code.next_line(code.start_of(last)), module, index, "")


def _at(code: Code, offset: int, module: str, index: int, blank: str) -> Addition:
    unended = offset == len(code.text) and offset > 0 and code.text[-1] not in "\r\n"
    words = f"{code.newline if unended else ''}import {module}{code.newline}{blank}"
    return Addition(Edit(offset, offset, words), index, module)
