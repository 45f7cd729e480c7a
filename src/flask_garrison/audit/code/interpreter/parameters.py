"""From the arguments of a call to the parameters of a function."""

from __future__ import annotations

import ast

from ..labels import PASSWORD, names_password
from ..values.heap import everything
from ..values.objects import Function, Mapping
from ..values.taint import Use, both
from ..values.value import UNKNOWN, Value, constant, join
from .expressions import sequence
from .machine import Machine


def bound_arguments(
    machine: Machine,
    function: Function,
    args: list[Value],
    keywords: dict[str, Value],
    star: Value | None = None,
    more: Value | None = None,
) -> dict[str, Value]:
    """Return the values of a function's parameters.

    Args:
        star: What every positional argument beyond ``args`` is.
        more: What every keyword argument beyond ``keywords`` is.
    """
    spec = function.node.args
    names: dict[str, Value] = {}
    positional = [*spec.posonlyargs, *spec.args]
    left = dict(keywords)
    for number, parameter in enumerate(positional):
        if number < len(args):
            names[parameter.arg] = args[number]
        else:
            names[parameter.arg] = _named(machine, function, parameter, left, star, more)
    for parameter in spec.kwonlyargs:
        names[parameter.arg] = _named(machine, function, parameter, left, None, more)
    if spec.vararg is not None:
        names[spec.vararg.arg] = sequence(args[len(positional) :], star, "tuple")
    if spec.kwarg is not None:
        # Under names that a client chose, where it chose those of what was given.
        keys = None if more is None else more if more.taint & both(Use.FIELDS) else UNKNOWN
        names[spec.kwarg.arg] = Value(refs=(Mapping(left, more, keys),))
    return names


def _named(
    machine: Machine,
    function: Function,
    parameter: ast.arg,
    keywords: dict[str, Value],
    star: Value | None,
    more: Value | None,
) -> Value:
    if parameter.arg in keywords:
        return keywords.pop(parameter.arg)
    given = everything(tuple(item for item in (star, more) if item is not None), None)
    default = function.defaults.get(parameter.arg)
    if star is None and more is None:
        return default if default is not None else annotated(machine, function, parameter)
    if not given.taint and not given.path and not given.refs:
        return annotated(machine, function, parameter)
    return given if default is None else join(given, default)


def annotated(machine: Machine, function: Function, parameter: ast.arg) -> Value:
    """Return what is known of a parameter by its annotation alone: an instance of a class."""
    if parameter.annotation is None:
        return _by_name(function, parameter)
    return instance_of(machine, function, parameter.annotation)


def _by_name(function: Function, parameter: ast.arg) -> Value:
    """Return what a parameter of a function is that the server calls, not the code: ``(environ, start_response)``."""
    if parameter.arg == "environ" and any(one.arg == "start_response" for one in function.node.args.args):
        return Value(path="flask.request.environ")
    if names_password(parameter.arg):
        return Value(PASSWORD)
    return UNKNOWN


def instance_of(machine: Machine, function: Function, annotation: ast.expr) -> Value:
    """Return an instance of what an annotation names, where that is a class of a library or of the project."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        try:
            annotation = ast.parse(annotation.value, mode="eval").body
        except (SyntaxError, ValueError):
            return UNKNOWN
    if isinstance(annotation, ast.BinOp):
        annotation = annotation.left
    if isinstance(annotation, ast.Subscript):
        # Optional[X], Annotated[X, ...] and the like
        if isinstance(annotation.value, (ast.Name, ast.Attribute)) and _last(annotation.value) in (
            "Optional",
            "Annotated",
        ):
            inner = annotation.slice
            annotation = inner.elts[0] if isinstance(inner, ast.Tuple) and inner.elts else inner
        else:
            return UNKNOWN
    words = _dotted(annotation)
    if not words:
        return UNKNOWN
    value = function.scope.find(words[0])
    if value is None:
        return UNKNOWN
    from .attributes import attribute_of

    for word in words[1:]:
        value = attribute_of(machine, value, word, annotation)
    return as_instance(machine, value)


def as_instance(machine: Machine, cls: Value) -> Value:
    """Return an instance of a class, of which nothing else is known."""
    from ..values.objects import Class, Instance

    for ref in cls.refs:
        if isinstance(ref, Class):
            return Value(refs=(Instance(ref),))
    if cls.path and not cls.refs and cls.path[0] != "?" and "()" not in cls.path:
        return Value(path=machine.models.canonical(f"{cls.path}()"))
    return UNKNOWN


def _dotted(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Attribute):
        before = _dotted(node.value)
        return [*before, node.attr] if before else []
    return []


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


__all__ = ["annotated", "as_instance", "bound_arguments", "constant", "instance_of"]
