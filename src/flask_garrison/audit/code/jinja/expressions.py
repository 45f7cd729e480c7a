"""Jinja's expressions as Python's."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from jinja2 import nodes

from . import build
from .build import at
from .state import State

_BINARY: dict[type[nodes.Node], ast.operator] = {
    nodes.Add: ast.Add(),
    nodes.Sub: ast.Sub(),
    nodes.Mul: ast.Mult(),
    nodes.Div: ast.Div(),
    nodes.FloorDiv: ast.FloorDiv(),
    nodes.Mod: ast.Mod(),
    nodes.Pow: ast.Pow(),
}
_UNARY: dict[type[nodes.Node], ast.unaryop] = {nodes.Not: ast.Not(), nodes.Neg: ast.USub(), nodes.Pos: ast.UAdd()}
_BOOLEAN: dict[type[nodes.Node], ast.boolop] = {nodes.And: ast.And(), nodes.Or: ast.Or()}
_EQ, _NE, _LT, _LE, _GT, _GE = ast.Eq(), ast.NotEq(), ast.Lt(), ast.LtE(), ast.Gt(), ast.GtE()
_IN, _NOT_IN, _IS, _IS_NOT = ast.In(), ast.NotIn(), ast.Is(), ast.IsNot()
_COMPARE: dict[str, ast.cmpop] = {
    "eq": _EQ,
    "ne": _NE,
    "lt": _LT,
    "lteq": _LE,
    "gt": _GT,
    "gteq": _GE,
    "in": _IN,
    "notin": _NOT_IN,
}
_TESTS: dict[str, ast.cmpop] = {
    "in": _IN,
    "sameas": _IS,
    "eq": _EQ,
    "equalto": _EQ,
    "==": _EQ,
    "ne": _NE,
    "!=": _NE,
    "lt": _LT,
    "lessthan": _LT,
    "<": _LT,
    "le": _LE,
    "<=": _LE,
    "gt": _GT,
    "greaterthan": _GT,
    ">": _GT,
    "ge": _GE,
    ">=": _GE,
}
_SINGLES: dict[str, object] = {"none": None, "true": True, "false": False}
_NEGATED: dict[ast.cmpop, ast.cmpop] = {_IN: _NOT_IN, _IS: _IS_NOT, _EQ: _NE, _NE: _EQ}


def expression(state: State, node: nodes.Node) -> ast.expr:
    """Lower an expression."""
    return _EXPRESSIONS.get(type(node), _unknown)(state, node)


def target(state: State, node: Any) -> ast.expr:
    """Lower what is assigned to."""
    if isinstance(node, nodes.Tuple):
        return at(_line(node), ast.Tuple([target(state, item) for item in node.items], build.STORE))
    if isinstance(node, nodes.NSRef):
        namespace = build.name(_line(node), state.called(node.name))
        return at(_line(node), ast.Attribute(namespace, node.attr, build.STORE))
    return at(_line(node), ast.Name(state.called(node.name), build.STORE))


def filtered(state: State, node: nodes.Filter, value: ast.expr) -> ast.expr:
    """Lower filters; those of a block stand around what it collects, and end in nothing."""
    inner = node.node
    if inner is not None:
        value = filtered(state, inner, value) if isinstance(inner, nodes.Filter) else expression(state, inner)
    return _applied(state, node, f"@filter.{node.name}", value)


def _line(node: nodes.Node) -> int:
    return node.lineno or 1


def _unknown(state: State, node: nodes.Node) -> ast.expr:
    """Lower what only an extension can make: something unknown, of all that it contains."""
    return build.call(_line(node), "@unknown", *(expression(state, child) for child in node.iter_child_nodes()))


def _name(state: State, node: nodes.Name) -> ast.expr:
    return build.name(_line(node), state.called(node.name))


def _constant(state: State, node: nodes.Const) -> ast.expr:
    return build.constant(_line(node), node.value)


def _data(state: State, node: nodes.TemplateData) -> ast.expr:
    return build.constant(_line(node), node.data)


def _binary(state: State, node: nodes.BinExpr) -> ast.expr:
    operator = _BINARY[type(node)]
    return at(_line(node), ast.BinOp(expression(state, node.left), operator, expression(state, node.right)))


def _boolean(state: State, node: nodes.BinExpr) -> ast.expr:
    sides = [expression(state, node.left), expression(state, node.right)]
    return at(_line(node), ast.BoolOp(_BOOLEAN[type(node)], sides))


def _unary(state: State, node: nodes.UnaryExpr) -> ast.expr:
    inner = expression(state, node.node)
    if isinstance(node, nodes.Not) and isinstance(node.node, nodes.Test):
        if isinstance(inner, ast.Compare) and inner.ops[0] in _NEGATED:
            inner.ops = [_NEGATED[inner.ops[0]]]
            return inner
        if isinstance(inner, ast.UnaryOp):
            return inner.operand
    return at(_line(node), ast.UnaryOp(_UNARY[type(node)], inner))


def _compare(state: State, node: nodes.Compare) -> ast.expr:
    operators = [_COMPARE[operand.op] for operand in node.ops]
    others = [expression(state, operand.expr) for operand in node.ops]
    return at(_line(node), ast.Compare(expression(state, node.expr), operators, others))


def _condition(state: State, node: nodes.CondExpr) -> ast.expr:
    line = _line(node)
    otherwise = expression(state, node.expr2) if node.expr2 is not None else build.call(line, "@undefined")
    return at(line, ast.IfExp(expression(state, node.test), expression(state, node.expr1), otherwise))


def _concat(state: State, node: nodes.Concat) -> ast.expr:
    return build.call(_line(node), "@concat", *(expression(state, part) for part in node.nodes))


def _attribute(state: State, node: nodes.Getattr) -> ast.expr:
    return at(_line(node), ast.Attribute(expression(state, node.node), node.attr, build.LOAD))


def _item(state: State, node: nodes.Getitem) -> ast.expr:
    return at(_line(node), ast.Subscript(expression(state, node.node), expression(state, node.arg), build.LOAD))


def _slice(state: State, node: nodes.Slice) -> ast.expr:
    start, stop, step = (
        expression(state, part) if part is not None else None for part in (node.start, node.stop, node.step)
    )
    return at(_line(node), ast.Slice(start, stop, step))


def _tuple(state: State, node: nodes.Tuple) -> ast.expr:
    return at(_line(node), ast.Tuple([expression(state, item) for item in node.items], build.LOAD))


def _list(state: State, node: nodes.List) -> ast.expr:
    return at(_line(node), ast.List([expression(state, item) for item in node.items], build.LOAD))


def _dict(state: State, node: nodes.Dict) -> ast.expr:
    keys: list[ast.expr | None] = [expression(state, pair.key) for pair in node.items]
    return at(_line(node), ast.Dict(keys, [expression(state, pair.value) for pair in node.items]))


def _call(state: State, node: nodes.Call) -> ast.expr:
    special = _special(state, node)
    if special is not None:
        return special
    return at(_line(node), ast.Call(expression(state, node.node), *_arguments(state, node)))


def _special(state: State, node: nodes.Call) -> ast.expr | None:
    """Lower ``super()``, ``self.block()`` and ``loop()`` of a recursive loop."""
    line, levels, function = _line(node), 1, node.node
    while isinstance(function, nodes.Getattr) and function.attr == "super":
        levels, function = levels + 1, function.node
    if isinstance(function, nodes.Name):
        if function.name == "super" and state.block is not None:
            return build.call(line, "@super", build.constant(line, state.block), build.constant(line, levels))
        if function.name == "loop" and state.recursion is not None:
            return build.call(line, state.recursion, *(expression(state, argument) for argument in node.args))
    elif isinstance(function, nodes.Getattr) and isinstance(function.node, nodes.Name) and function.node.name == "self":
        return build.call(line, "@block", build.constant(line, function.attr))
    return None


def _filter(state: State, node: nodes.Filter) -> ast.expr:
    return filtered(state, node, build.call(_line(node), "@undefined"))


def _test(state: State, node: nodes.Test) -> ast.expr:
    line, value = _line(node), expression(state, node.node)
    if node.name in _SINGLES and not node.args:
        return at(line, ast.Compare(value, [_IS], [build.constant(line, _SINGLES[node.name])]))
    if node.name in _TESTS and len(node.args) == 1:
        return at(line, ast.Compare(value, [_TESTS[node.name]], [expression(state, node.args[0])]))
    if node.name == "undefined":
        return at(line, ast.UnaryOp(_UNARY[nodes.Not], build.call(line, "@test.defined", value)))
    return _applied(state, node, f"@test.{node.name}", value)


def _applied(state: State, node: nodes.Filter | nodes.Test, function: str, value: ast.expr) -> ast.expr:
    arguments, keywords = _arguments(state, node)
    return at(_line(node), ast.Call(build.name(_line(node), function), [value, *arguments], keywords))


def _arguments(state: State, node: nodes.Call | nodes.Filter | nodes.Test) -> tuple[list[ast.expr], list[ast.keyword]]:
    line = _line(node)
    arguments = [expression(state, argument) for argument in node.args]
    keywords = [build.keyword(line, str(item.key), expression(state, item.value)) for item in node.kwargs]
    if node.dyn_args is not None:
        arguments.append(at(line, ast.Starred(expression(state, node.dyn_args), build.LOAD)))
    if node.dyn_kwargs is not None:
        keywords.append(build.keyword(line, None, expression(state, node.dyn_kwargs)))
    return arguments, keywords


def _marked(state: State, node: nodes.MarkSafe) -> ast.expr:
    return build.call(_line(node), "@markup", expression(state, node.expr))


def _marked_if(state: State, node: nodes.MarkSafeIfAutoescape) -> ast.expr:
    inner = expression(state, node.expr)
    return inner if state.autoescaped is False else build.call(_line(node), "@markup", inner)


_EXPRESSIONS: dict[type[nodes.Node], Callable[[State, Any], ast.expr]] = {
    nodes.Name: _name,
    nodes.Const: _constant,
    nodes.TemplateData: _data,
    **dict.fromkeys(_BINARY, _binary),
    **dict.fromkeys(_BOOLEAN, _boolean),
    **dict.fromkeys(_UNARY, _unary),
    nodes.Compare: _compare,
    nodes.CondExpr: _condition,
    nodes.Concat: _concat,
    nodes.Getattr: _attribute,
    nodes.Getitem: _item,
    nodes.Slice: _slice,
    nodes.Tuple: _tuple,
    nodes.List: _list,
    nodes.Dict: _dict,
    nodes.Call: _call,
    nodes.Filter: _filter,
    nodes.Test: _test,
    nodes.MarkSafe: _marked,
    nodes.MarkSafeIfAutoescape: _marked_if,
}
