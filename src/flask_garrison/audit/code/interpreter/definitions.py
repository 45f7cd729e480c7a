"""Functions, lambdas and classes where they are defined, with their decorators."""

from __future__ import annotations

import ast

from ..project.words import REGISTERING
from ..values.objects import Class, Function, Record, Scope
from ..values.value import UNKNOWN, Value, constant
from .classes import FIELD
from .machine import Machine, evaluates, executes
from .protocols import is_enum
from .targets import assign_name

_IMPLICIT = {"__new__": "static", "__init_subclass__": "class", "__class_getitem__": "class"}
"""What special methods are without a decorator."""
AnyFunction = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@executes(ast.FunctionDef, ast.AsyncFunctionDef)
def function(machine: Machine, node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """``def``: the decorators are called with it, from the inside out."""
    made = make_function(machine, node, node.name)
    machine.pending.append(made)
    value = Value(refs=(made,))
    outer, machine.decorating = machine.decorating, any(map(_registers, node.decorator_list))
    for decorator in reversed(node.decorator_list):
        value = decorated(machine, decorator, value, made)
    machine.decorating = outer
    for entry in machine.notes.pop("exposed", ()):
        entry.view = value  # What runs is what the class holds under the name.
    assign_name(machine, node.name, value)
    return True


def _registers(decorator: ast.expr) -> bool:
    """Return whether a decorator registers a view, by its name."""
    named = decorator.func if isinstance(decorator, ast.Call) else decorator
    name = named.attr if isinstance(named, ast.Attribute) else named.id if isinstance(named, ast.Name) else ""
    return name in REGISTERING or name in _VERBS


_VERBS = frozenset({"get", "post", "put", "patch", "delete"})


def make_function(machine: Machine, node: AnyFunction, name: str) -> Function:
    """Return the function of a definition, its defaults evaluated."""
    scope = machine.scope
    outer = machine.frame.function
    prefix = f"{outer.name}." if outer is not None else ""
    made = Function(node, machine.source, scope, prefix + name)
    spec = node.args
    positional = [*spec.posonlyargs, *spec.args]
    for parameter, default in zip(positional[len(positional) - len(spec.defaults) :], spec.defaults, strict=True):
        made.defaults[parameter.arg] = _default(machine, parameter.arg, default)
    for parameter, named in zip(spec.kwonlyargs, spec.kw_defaults, strict=True):
        if named is not None:
            made.defaults[parameter.arg] = _default(machine, parameter.arg, named)
    return made


def _default(machine: Machine, name: str, node: ast.expr) -> Value:
    value = machine.evaluate(node)
    machine.listeners.named(machine, name, value, node)
    return value


def decorated(machine: Machine, decorator: ast.expr, value: Value, made: Function) -> Value:
    """Return what a decorator makes of a function; one of a library that no model describes leaves it as it is."""
    outer = machine.evaluate(decorator)
    binding = _BINDINGS.get(outer.path.rpartition(".")[2]) if outer.path else None
    if binding is not None:
        made.binding = binding
        return _with_setter(machine, decorator, value) if binding == "setter" else value
    machine.listeners.decorated(machine, decorator, outer, value, made)
    if not outer.refs:
        model = machine.models.for_decorator(outer.path)
        result = model(machine, outer, value, decorator) if model is not None else None
        return value if result is None else result
    result = machine.call(outer, [value], {}, decorator)
    return result if result.refs else value


def _with_setter(machine: Machine, decorator: ast.expr, value: Value) -> Value:
    """Return the property that ``@name.setter`` belongs to: it keeps its name."""
    if not isinstance(decorator, ast.Attribute):
        return value
    getter = machine.evaluate(decorator.value)
    functions = [ref for ref in getter.refs if isinstance(ref, Function)]
    for function in functions:
        if decorator.attr == "setter":
            function.setter = value
    return getter if functions else value


_BINDINGS = {
    "staticmethod": "static",
    "classmethod": "class",
    "property": "property",
    "cached_property": "property",
    "hybrid_property": "property",
    "setter": "setter",
    "deleter": "setter",
    "abstractmethod": "method",
}


@evaluates(ast.Lambda)
def lambda_(machine: Machine, node: ast.Lambda) -> Value:
    """``lambda``."""
    return Value(refs=(make_function(machine, node, "<lambda>"),))


@executes(ast.ClassDef)
def class_(machine: Machine, node: ast.ClassDef) -> bool:
    """``class``: its body is run in a scope of its own."""
    bases = tuple(machine.evaluate(base) for base in node.bases if not isinstance(base, ast.Starred))
    keywords = {keyword.arg: machine.evaluate(keyword.value) for keyword in node.keywords if keyword.arg}
    if "metaclass" in keywords:
        bases = (*bases, Value(path=keywords["metaclass"].path))
    scope = Scope(machine.scope, "class")
    outer = machine.frame.function
    name = f"{outer.name}.{node.name}" if outer is not None else node.name
    made = Class(name, node, machine.source, bases, scope)
    _run_body(machine, node, made)
    machine.listeners.class_made(machine, node, made)
    _tell_base(machine, node, made, keywords)
    machine.models.class_made(machine, made)
    value = Value(refs=(made,))
    for decorator in reversed(node.decorator_list):
        value = _decorated_class(machine, decorator, value, made)
    assign_name(machine, node.name, value)
    return True


def _tell_base(machine: Machine, node: ast.ClassDef, made: Class, keywords: dict[str, Value]) -> None:
    """Call ``__init_subclass__`` of the bases with a new class."""
    for ancestor in made.ancestors()[1:]:
        member: Value | None = ancestor.scope.payload.get("__init_subclass__")
        if member is not None:
            given = {name: value for name, value in keywords.items() if name != "metaclass"}
            machine.call(member, [Value(refs=(made,))], given, node)
            return


def _run_body(machine: Machine, node: ast.ClassDef, made: Class) -> None:
    frame = machine.frame
    outer, frame.scope = frame.scope, made.scope
    first = len(machine.pending)
    try:
        machine.run(node.body)
    finally:
        frame.scope = outer
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            made.fields[statement.target.id] = statement.annotation
        elif isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            _unannotated_field(made, statement, statement.targets[0].id)
    for function_ in machine.pending[first:]:
        if function_.owner is None and function_.scope is made.scope:
            function_.owner = made
            function_.name = f"{made.name}.{function_.node.name}"
            if function_.binding == "plain":
                function_.binding = _IMPLICIT.get(function_.node.name, "method")
    if is_enum(made):
        _make_members(made)


def _make_members(made: Class) -> None:
    """Turn the names of an enumeration into its members: each is its value, and has a name and a value."""
    for name, value in made.scope.payload.items():
        if not name.startswith("_") and not any(isinstance(ref, (Function, Class)) for ref in value.refs):
            member = Record({"name": constant(name), "value": value})
            made.scope.payload[name] = Value(value.taint, value.consts, (member,), step=value.step)


def _unannotated_field(made: Class, statement: ast.Assign, name: str) -> None:
    """Note ``name = attr.ib()`` as a field."""
    value: Value | None = made.scope.payload.get(name)
    if value is not None and value.path == FIELD:
        made.fields[name] = statement.value


def _decorated_class(machine: Machine, decorator: ast.expr, value: Value, made: Class) -> Value:
    outer = machine.evaluate(decorator)
    machine.listeners.decorated(machine, decorator, outer, value, made)
    if outer.path:
        made.decorators += (outer.path,)
        model = machine.models.for_decorator(outer.path)
        result = model(machine, outer, value, decorator) if model is not None else None
        return value if result is None else result
    if outer.refs:
        result = machine.call(outer, [value], {}, decorator)
        return result if result.refs else value
    return value


__all__ = ["UNKNOWN", "decorated", "make_function"]
