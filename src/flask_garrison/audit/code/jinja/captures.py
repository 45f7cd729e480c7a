"""Statements that collect what is written into a value: macros, ``{% set %}``, ``{% filter %}``, ``{% call %}``."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from jinja2 import nodes

from . import build
from .build import at
from .contexts import TEXT
from .expressions import expression, filtered, target
from .position import position_at
from .state import State


def _collected(state: State, node: nodes.AssignBlock | nodes.FilterBlock, name: str) -> ast.stmt:
    with state.scope(node) as first:
        body = first + state.lower(node.body)
    return build.function(node.lineno, name, [], body, decorator=_decorator(state, node.lineno))


def _decorator(state: State, line: int) -> ast.expr:
    return build.call(line, "@capture", build.constant(line, state.autoescaped))


def _captured(state: State, node: nodes.AssignBlock) -> list[ast.stmt]:
    name, line = state.fresh("@capture."), node.lineno
    with state.capture(position_at(TEXT)):
        function = _collected(state, node, name)
    value: ast.expr = build.call(line, name)
    if node.filter is not None:
        value = filtered(state, node.filter, value)
    return [function, at(line, ast.Assign([target(state, node.target)], value, lineno=line))]


def _filter_block(state: State, node: nodes.FilterBlock) -> list[ast.stmt]:
    """Lower a filter block: what is in it stands where the block does, what the filter makes is not escaped."""
    name, line, before = state.fresh("@capture."), node.lineno, state.position.mark()
    with state.capture():
        function = _collected(state, node, name)
    after = state.position.mark()
    value = filtered(state, node.filter, build.call(line, name))
    state.position.go(before)
    written = state.write(line, value, escaped=False)
    state.position.go(after)
    return [function, *written] if written else []


def _macro(state: State, node: nodes.Macro) -> list[ast.stmt]:
    return [_function(state, node, state.called(node.name))]


def _call_block(state: State, node: nodes.CallBlock) -> list[ast.stmt]:
    line, name = node.lineno, state.fresh("@caller.")
    function = _function(state, node, name)
    call = expression(state, node.call)
    if isinstance(call, ast.Call):
        build.add(call, "caller", build.name(line, name))
    written = state.write(line, call, escaped=False)
    return [function, *written] if written else []


def _function(state: State, node: nodes.Macro | nodes.CallBlock, name: str) -> ast.stmt:
    line = node.lineno
    parameters = [argument.name for argument in node.args]
    defaults = [expression(state, default) for default in node.defaults]
    used = _names_used(node.body)
    if "caller" in used and "caller" not in parameters and isinstance(node, nodes.Macro):
        defaults += [build.call(line, "@undefined")]
        parameters = [*parameters, "caller"]
    rest = tuple(word if word in used - set(parameters) else None for word in ("varargs", "kwargs"))
    hidden = {*parameters, "varargs", "kwargs", "caller"}
    with state.scope(node, hidden) as first, state.capture(position_at(TEXT)):
        body = first + state.lower(node.body)
    decorator = _decorator(state, line)
    return build.function(line, name, parameters, body, defaults=defaults, rest=(rest[0], rest[1]), decorator=decorator)


def _names_used(body: list[nodes.Node]) -> set[str]:
    return {name.name for node in body for name in (node, *node.find_all(nodes.Name)) if isinstance(name, nodes.Name)}


STATEMENTS: dict[type[nodes.Node], Callable[[State, Any], list[ast.stmt]]] = {
    nodes.AssignBlock: _captured,
    nodes.FilterBlock: _filter_block,
    nodes.Macro: _macro,
    nodes.CallBlock: _call_block,
}
