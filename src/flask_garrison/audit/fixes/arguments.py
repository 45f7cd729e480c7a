"""Adds arguments to a call and takes them out, with their comma, whatever lines and comments stand between."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

from .code import Code
from .model import Edit

_SPACES = " \t"


def keyword_of(call: ast.Call, name: str) -> ast.keyword | None:
    """Return a keyword argument."""
    return next((one for one in call.keywords if one.arg == name), None)


def is_constant(node: ast.AST | None, value: object) -> bool:
    """Return whether a node is this very constant."""
    return isinstance(node, ast.Constant) and node.value is value


def has_stars(call: ast.Call) -> bool:
    """Return whether ``*`` or ``**`` may give arguments that nobody sees."""
    return any(isinstance(one, ast.Starred) for one in call.args) or any(one.arg is None for one in call.keywords)


def in_order(call: ast.Call) -> list[ast.AST]:
    """Return the arguments in the order in which they are written."""
    everything: list[Any] = [*call.args, *call.keywords]
    return sorted(everything, key=lambda one: (one.lineno, one.col_offset))


def without(code: Code, call: ast.Call, argument: ast.AST) -> Edit:
    """Return the edit that takes an argument out; comments stay."""
    start, end = code.span(argument)
    comma = code.skip(end)
    if code.text[comma] == ",":
        return _with_comma(code, start, comma + 1)
    before = [one for one in in_order(call) if code.span(one)[1] <= start]
    if before:
        comma = _comma(code, code.span(before[-1])[1], start)
        if comma >= 0 and not code.text[comma + 1 : start].strip():
            start = comma
    return Edit(start, end, "")


def with_more(code: Code, call: ast.Call, more: Sequence[str]) -> Edit:
    """Return the edit that adds arguments behind the others, each on a line of its own where the others have theirs."""
    words = ", ".join(more)
    close = code.span(call)[1] - 1
    given = in_order(call)
    if not given:
        return Edit(close, close, words)
    start, end = code.span(given[-1])
    comma = _comma(code, end, close)
    if comma < 0:
        behind = _behind(code, end, close)
        return Edit(behind, behind, f", {words}")
    indent = code.text[code.line_start(start) : start]
    last = code.line_start(close)
    if indent.strip(_SPACES) or code.text[last:close].strip(_SPACES) or last <= start:
        return Edit(comma + 1, comma + 1, f" {words}")
    return Edit(last, last, "".join(f"{indent}{one},{code.newline}" for one in more))


def _with_comma(code: Code, start: int, end: int) -> Edit:
    text = code.text
    first, last = code.line_start(start), code.line_end(end)
    alone = not text[first:start].strip(_SPACES)
    if alone and not text[end:last].strip(_SPACES):
        return Edit(first, code.next_line(end), "")
    if not alone and not text[end:last].strip(_SPACES):
        # It was the last of its line: the space in front of it goes too.
        return Edit(len(text[:start].rstrip(_SPACES)), last, "")
    return Edit(start, end + len(text[end:last]) - len(text[end:last].lstrip(_SPACES)), "")


def _comma(code: Code, start: int, end: int) -> int:
    """Return where the comma between two places is, or -1; brackets around the argument are passed over."""
    at = code.skip(start)
    while at < end and code.text[at] == ")":
        at = code.skip(at + 1)
    return at if at < end and code.text[at] == "," else -1


def _behind(code: Code, end: int, close: int) -> int:
    """Return the offset behind an argument and the brackets around it."""
    at = code.skip(end)
    while at < close and code.text[at] == ")":
        end = at + 1
        at = code.skip(end)
    return end
