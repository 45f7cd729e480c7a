"""Statements that put templates together: inheritance, blocks, includes, imports."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any

from jinja2 import nodes

from . import build
from .build import at
from .expressions import expression
from .lowered import BlockLowered
from .position import position_at
from .state import State


def _extends(state: State, node: nodes.Extends) -> list[ast.stmt]:
    if state.extends is None:
        state.extends = _template(state, node.template)
        state.silent = state.extends_always = not state.branches
    return []


def _block(state: State, node: nodes.Block) -> list[ast.stmt]:
    """Lower a block; it starts where it stands, or where the parent places it."""
    elsewhere = state.extends is not None and state.block is None
    context = state.given.get(node.name, state.start) if elsewhere else state.position.where().context
    state.placed[node.name] = context
    with state.within_block(node, position_at(context) if elsewhere else None):
        body = state.lower(node.body)
    state.blocks[node.name] = BlockLowered(
        name=node.name, line=node.lineno, context=context, scoped=node.scoped, required=node.required, body=body
    )
    if state.silent:
        return []
    line = node.lineno
    call = build.call(line, "@block", build.constant(line, node.name), build.constant(line, context))
    return [build.statement(_with_locals(state, call) if node.scoped else call)]


def _include(state: State, node: nodes.Include) -> list[ast.stmt]:
    line, where = node.lineno, state.position.where()
    call = build.call(line, "@include", _template(state, node.template), build.constant(line, where.context))
    state.position.hole()
    if not node.with_context:
        build.add(call, "with_context", build.constant(line, False))
    if node.ignore_missing:
        build.add(call, "ignore_missing", build.constant(line, True))
    return [build.statement(_with_locals(state, call) if node.with_context else call)]


def _import(state: State, node: nodes.Import) -> list[ast.stmt]:
    return [build.assign(node.lineno, state.called(node.target), _module(state, node))]


def _from(state: State, node: nodes.FromImport) -> list[ast.stmt]:
    lowered = []
    for item in node.names:
        name, alias = (item, item) if isinstance(item, str) else item
        value = at(node.lineno, ast.Attribute(_module(state, node), name, build.LOAD))
        lowered.append(build.assign(node.lineno, state.called(alias), value))
    return lowered


def _module(state: State, node: nodes.Import | nodes.FromImport) -> ast.expr:
    call = build.call(node.lineno, "@import", _template(state, node.template))
    if node.with_context:
        build.add(call, "with_context", build.constant(node.lineno, True))
        return _with_locals(state, call)
    return call


def _template(state: State, node: nodes.Expr) -> ast.expr:
    state.references.update(_literals(node))
    return expression(state, node)


def _literals(node: nodes.Expr | None) -> Iterator[str]:
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, nodes.List | nodes.Tuple):
        for item in node.items:
            yield from _literals(item)
    elif isinstance(node, nodes.CondExpr):
        yield from _literals(node.expr1)
        yield from _literals(node.expr2)


def _with_locals(state: State, call: ast.Call) -> ast.Call:
    for key, value in state.locals(call.lineno).items():
        build.add(call, key, value)
    return call


STATEMENTS: dict[type[nodes.Node], Callable[[State, Any], list[ast.stmt]]] = {
    nodes.Extends: _extends,
    nodes.Block: _block,
    nodes.Include: _include,
    nodes.Import: _import,
    nodes.FromImport: _from,
}
