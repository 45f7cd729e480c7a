"""Statements that decide what runs, or that set a name."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from jinja2 import nodes

from . import build
from .build import at
from .expressions import expression, target
from .state import State
from .translations import lower_translation, read_translation


def _output(state: State, node: nodes.Output) -> list[ast.stmt]:
    lowered: list[ast.stmt] = []
    for child in node.nodes:
        lowered += _written(state, child)
    return lowered


def _written(state: State, node: nodes.Expr) -> list[ast.stmt]:
    line = node.lineno or 1
    if isinstance(node, nodes.TemplateData):
        return state.text(line, node.data)
    if isinstance(node, nodes.Const) and isinstance(node.value, str | int | float):
        return state.text(line, str(node.value))
    translation = read_translation(node)
    if translation is not None:
        return lower_translation(state, line, translation)
    value = expression(state, node)
    if state.recursion is not None and _is_call_of(value, state.recursion):
        # It writes what it makes by itself.
        return [] if state.silent else [build.statement(value)]
    return state.write(line, value, escaped=state.autoescaped)


def _is_call_of(value: ast.expr, name: str) -> bool:
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == name


def _if(state: State, node: nodes.If) -> list[ast.stmt]:
    """Lower a chain of conditions; one whose bodies do nothing is only evaluated, and not even that if it is pure."""
    chain = [node, *node.elif_]
    tests = [expression(state, one.test) for one in chain]
    bodies = state.alternatives(
        *(lambda one=one: state.lower(one.body) for one in chain), lambda: state.lower(node.else_)
    )
    otherwise = bodies.pop()
    for test, body in zip(reversed(tests), reversed(bodies), strict=True):
        otherwise = _condition(test, body, otherwise)
    return otherwise


def _condition(test: ast.expr, body: list[ast.stmt], otherwise: list[ast.stmt]) -> list[ast.stmt]:
    if body or otherwise:
        return [at(test.lineno, ast.If(test, build.filled(test.lineno, body), otherwise))]
    return _evaluated(test)


def _evaluated(value: ast.expr) -> list[ast.stmt]:
    return [build.statement(value)] if any(isinstance(part, ast.Call) for part in ast.walk(value)) else []


def _for(state: State, node: nodes.For) -> list[ast.stmt]:
    iterable = expression(state, node.iter)
    line = node.lineno
    around = state.recursion
    state.recursion = state.fresh("@recurse.") if node.recursive else around
    items = build.name(line, "@items") if node.recursive else iterable
    body, otherwise = state.alternatives(
        lambda: _loop(state, node, items), lambda: state.lower(node.else_), skippable=True
    )
    if node.recursive and body and state.recursion:
        call = build.statement(build.call(line, state.recursion, iterable))
        body = [build.function(line, state.recursion, ["@items"], body), call]
    state.recursion = around
    if otherwise:
        empty = build.call(line, "@empty", iterable, build.constant(line, node.test is not None))
        body.append(at(line, ast.If(empty, otherwise, [])))
    return body or _evaluated(iterable)


def _loop(state: State, node: nodes.For, items: ast.expr) -> list[ast.stmt]:
    line = node.lineno
    with state.scope(node) as first:
        bound = target(state, node.target)
        test = expression(state, node.test) if node.test is not None else None
        body = state.lower(node.body)
        if not body:
            return []
        if state.scopes.of(node).loops:
            first.insert(0, build.assign(line, state.names.get("loop", "loop"), build.call(line, "@loop", items)))
        body = first + body
        if test is not None:
            body = [at(test.lineno, ast.If(test, body, []))]
        return [at(line, ast.For(bound, items, body, [], lineno=line))]


def _with(state: State, node: nodes.With) -> list[ast.stmt]:
    values = [expression(state, value) for value in node.values]
    with state.scope(node) as first:
        pairs = zip(node.targets, values, strict=True)
        bound: list[ast.stmt] = [
            at(node.lineno, ast.Assign([target(state, name)], value, lineno=node.lineno)) for name, value in pairs
        ]
        return bound + first + state.lower(node.body)


def _scope(state: State, node: nodes.Scope) -> list[ast.stmt]:
    with state.scope(node) as first:
        return first + state.lower(node.body)


def _escaping(state: State, node: nodes.ScopedEvalContextModifier) -> list[ast.stmt]:
    around = state.autoescaped
    for option in node.options:
        if option.key == "autoescape":
            state.autoescaped = bool(option.value.value) if isinstance(option.value, nodes.Const) else None
    lowered = state.lower(node.body)
    state.autoescaped = around
    return lowered


def _assign(state: State, node: nodes.Assign) -> list[ast.stmt]:
    value = expression(state, node.node)
    line = node.lineno or value.lineno
    return [at(line, ast.Assign([target(state, node.target)], value, lineno=line))]


def _do(state: State, node: nodes.ExprStmt) -> list[ast.stmt]:
    return [build.statement(expression(state, node.node))]


def _break(state: State, node: nodes.Break) -> list[ast.stmt]:
    return [at(node.lineno, ast.Break())]


def _continue(state: State, node: nodes.Continue) -> list[ast.stmt]:
    return [at(node.lineno, ast.Continue())]


STATEMENTS: dict[type[nodes.Node], Callable[[State, Any], list[ast.stmt]]] = {
    nodes.Output: _output,
    nodes.If: _if,
    nodes.For: _for,
    nodes.With: _with,
    nodes.Scope: _scope,
    nodes.ScopedEvalContextModifier: _escaping,
    nodes.Assign: _assign,
    nodes.ExprStmt: _do,
    nodes.Break: _break,
    nodes.Continue: _continue,
}
