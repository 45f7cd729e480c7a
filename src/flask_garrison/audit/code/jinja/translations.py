"""``{% trans %}``: the sentence is the author's text, its variables are written into it, escaped as Jinja does."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from typing import NamedTuple

from jinja2 import nodes

from .build import at, constant
from .expressions import expression
from .state import State

_FUNCTIONS = frozenset({"gettext", "ngettext", "pgettext", "npgettext"})
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")


class Translation(NamedTuple):
    """A sentence that is translated.

    Attributes:
        texts: Singular, then plural if there is one.
        variables: What is written for a name.
        number: What chooses between singular and plural.
        formatted: Whether per cent signs are doubled in it.
    """

    texts: list[str]
    variables: Mapping[str, nodes.Expr]
    number: nodes.Expr | None
    formatted: bool


def read_translation(node: nodes.Node) -> Translation | None:
    """Return what a ``{% trans %}`` became in Jinja's parser, or ``None`` for any other output."""
    variables: dict[str, nodes.Expr] = {}
    formatted = isinstance(node, nodes.Mod)
    if isinstance(node, nodes.Mod) and isinstance(node.right, nodes.Dict):
        variables = {pair.key.value: pair.value for pair in node.right.items if isinstance(pair.key, nodes.Const)}
        node = node.left
    if not isinstance(node, nodes.MarkSafeIfAutoescape) or not isinstance(node.expr, nodes.Call):
        return None
    call = node.expr
    if not isinstance(call.node, nodes.Name) or call.node.name not in _FUNCTIONS:
        return None
    texts = [argument.value for argument in call.args if isinstance(argument, nodes.Const)]
    plural = call.node.name.startswith("n")
    texts = texts["p" in call.node.name[:2] :]
    return Translation(texts[: 1 + plural], variables, call.args[-1] if plural else None, formatted)


def lower_translation(state: State, line: int, found: Translation) -> list[ast.stmt]:
    """Lower it to what it writes; with a plural, to a condition."""
    if found.number is None or len(found.texts) < 2:
        return _written(state, line, found, found.texts[0])
    test = at(line, ast.Compare(expression(state, found.number), [ast.Eq()], [constant(line, 1)]))
    one, many = state.alternatives(*(lambda text=text: _written(state, line, found, text) for text in found.texts))
    if not one and not many:
        return []
    return [at(line, ast.If(test, one or [at(line, ast.Pass())], many))]


def _written(state: State, line: int, found: Translation, text: str) -> list[ast.stmt]:
    statements: list[ast.stmt] = []
    for index, piece in enumerate(_PLACEHOLDER.split(text)):
        if index % 2 and piece in found.variables:
            value = expression(state, found.variables[piece])
            statements += state.write(line, value, escaped=state.autoescaped)
        elif piece and not index % 2:
            statements += state.text(line, piece.replace("%%", "%") if found.formatted else piece)
    return statements
