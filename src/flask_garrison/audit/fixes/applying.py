"""Puts repairs into a file's text, and refuses what would change anything else."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterable, Sequence

from .code import Code
from .imports import Addition, additions
from .model import Edit, Repair


def repaired(code: Code, repairs: Iterable[Repair]) -> tuple[str, list[Repair]]:
    """Return the text with the repairs that could be made, and those; each is tried alone, then all together."""
    good: list[Repair] = []
    for repair in repairs:
        if not _clash(good, repair) and _tried(code, [repair]) is not None:
            good.append(repair)
    text = _tried(code, good) if good else None
    return (code.text, []) if text is None else (text, good)


def _clash(others: Sequence[Repair], repair: Repair) -> bool:
    """Return whether a repair touches what another one does; the same twice is one."""
    taken = [edit for other in others for edit in other.edits]
    return any(other.node is repair.node for other in others) or any(
        edit.start < one.end and one.start < edit.end for edit in repair.edits for one in taken
    )


def _tried(code: Code, repairs: Sequence[Repair]) -> str | None:
    """Return the text with repairs made, or ``None`` where the tree is then not exactly what they say."""
    modules = {module for repair in repairs for module in repair.imports}
    if not all(code.names.can_import(module) for module in modules):
        return None
    added = additions(code, modules)
    edits = [edit for repair in repairs for edit in repair.edits]
    try:
        text = _edited(code.text, [*edits, *(one.edit for one in added)])
        text.encode(code.encoding)
        return text if ast.dump(code.parse(text)) == ast.dump(_expected(code.tree, repairs, added)) else None
    except (SyntaxError, ValueError, RecursionError):
        return None


def _edited(text: str, edits: Iterable[Edit]) -> str:
    parts: list[str] = []
    end = 0
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        if edit.start < end:
            raise ValueError("two edits of one place")
        parts += [text[end : edit.start], edit.new]
        end = edit.end
    return "".join([*parts, text[end:]])


def _expected(tree: ast.Module, repairs: Iterable[Repair], added: Iterable[Addition]) -> ast.Module:
    memo: dict[int, ast.AST] = {}
    other = copy.deepcopy(tree, memo)
    _Changed({id(memo[id(repair.node)]): repair for repair in repairs}).visit(other)
    for number, one in enumerate(added):
        other.body.insert(one.position + number, ast.Import(names=[ast.alias(name=one.module)]))
    return other


class _Changed(ast.NodeTransformer):
    def __init__(self, repairs: dict[int, Repair]) -> None:
        self._repairs = repairs

    def visit(self, node: ast.AST) -> ast.AST:
        self.generic_visit(node)
        repair = self._repairs.get(id(node))
        return node if repair is None else repair.change(node)
