"""Calls: functions of the project are followed, those of libraries have models, and the rest keeps its taint."""

from __future__ import annotations

import ast
from typing import Final

from ..events import Call
from ..values.heap import joined_optional
from ..values.objects import Bound, Class, Function, Instance, Mapping, Partial, Sequence, Thing
from ..values.taint import Use, weak, without
from ..values.value import NONE, UNKNOWN, Value, constant
from .attributes import attribute_of
from .exits import leave
from .expressions import entries_of, items_of, sequence, weakened
from .frames import Exit, Frame, Stop
from .machine import MAX_DEPTH, Machine, evaluates
from .parameters import bound_arguments
from .policy import signature, to_follow


@evaluates(ast.Call)
def call(machine: Machine, node: ast.Call) -> Value:
    """``function(arguments)``."""
    function_node = node.func
    receiver: Value | None = None
    name = ""
    if isinstance(function_node, ast.Attribute):
        receiver = machine.evaluate(function_node.value)
        name = function_node.attr
        function = _method(machine, receiver, name, function_node)
    else:
        if isinstance(function_node, ast.Name):
            name = function_node.id
            if name == "super":
                return _super(machine, [machine.evaluate(argument) for argument in node.args])
        function = machine.evaluate(function_node)
    args, star = _positional(machine, node)
    keywords, more = _keywords(machine, node)
    return call_value(machine, function, args, keywords, node, name, receiver, star, more)


def _method(machine: Machine, receiver: Value, name: str, node: ast.Attribute) -> Value:
    """Return the method; of a text or a container it has no path but its name."""
    if receiver.refs and not receiver.path:
        for ref in receiver.refs:
            if not isinstance(ref, (Sequence, Mapping)):
                return attribute_of(machine, receiver, name, node)
        return Value(path=f"?.{name}")
    if not receiver.refs and not receiver.path:
        return Value(path=f"?.{name}")
    if receiver.path and not receiver.refs:
        return Value(path=machine.models.canonical(f"{receiver.path}.{name}"))
    return attribute_of(machine, receiver, name, node)


def _super(machine: Machine, args: list[Value]) -> Value:
    from ..values.objects import Super

    if len(args) == 2:
        owners = [ref for ref in args[0].refs if isinstance(ref, Class)]
        return Value(refs=(Super(owners[0], args[1]),)) if owners else UNKNOWN
    frame: Frame | None = machine.frame
    while frame is not None and (frame.owner is None or frame.receiver is None):
        frame = frame.caller
    if frame is None or frame.owner is None or frame.receiver is None:
        return UNKNOWN
    return Value(refs=(Super(frame.owner, frame.receiver),))


def _positional(machine: Machine, node: ast.Call) -> tuple[list[Value], Value | None]:
    """Return the positional arguments, and what is given by a star whose length is not known."""
    args: list[Value] = []
    star: Value | None = None
    for argument in node.args:
        if isinstance(argument, ast.Starred):
            items, rest = items_of(machine, machine.evaluate(argument.value))
            args += items
            star = joined_optional(star, rest)
        else:
            args.append(machine.evaluate(argument))
    return args, star


def _keywords(machine: Machine, node: ast.Call) -> tuple[dict[str, Value], Value | None]:
    """Return the keyword arguments, and what ``**`` gives under names that are not known."""
    found: dict[str, Value] = {}
    more: Value | None = None
    for keyword in node.keywords:
        value = machine.evaluate(keyword.value)
        if keyword.arg is not None:
            found[keyword.arg] = value
            machine.listeners.named(machine, keyword.arg, value, keyword.value)
        else:
            items, rest, names = entries_of(machine, value)
            found.update({key: item for key, item in items.items() if isinstance(key, str)})
            more = joined_optional(more, None if rest is None else _under(machine, rest, names))
    return found, more


def _under(machine: Machine, value: Value, names: Value | None) -> Value:
    """Return what ``**`` gives under unknown names: a client chooses what is set where it chooses those."""
    if names is value:
        return value
    chosen = machine.taint(names) if names is not None else 0
    fields = (Use.FIELDS if chosen & Use.CODE else 0) | (weak(Use.FIELDS) if chosen & weak(Use.CODE) else 0)
    taint = without(machine.taint(value), Use.FIELDS) | fields
    if taint == value.taint:
        return value
    step = value.step if value.step is not None or names is None else names.step
    return value.but(taint=taint, step=step)


def call_value(
    machine: Machine,
    function: Value,
    args: list[Value],
    keywords: dict[str, Value],
    node: ast.AST,
    name: str = "",
    receiver: Value | None = None,
    star: Value | None = None,
    more: Value | None = None,
) -> Value:
    """Return what calling a value returns.

    Args:
        name: As it stands at the call, where it does.
        receiver: What stands before the dot.
        star: What is given by ``*`` without a known length.
        more: What is given by ``**`` under unknown names.

    Raises:
        Stop: where control does not come back from it.
    """
    if receiver is None and function.derived is not None and function.derived[0] == "method":
        _, receiver, name = function.derived
    result: Value | None = None
    for ref in function.refs:
        made = _call_ref(machine, ref, args, keywords, node, star, more)
        if made is not None:
            result = joined_optional(result, made)
    if result is not None:
        return result
    return _call_library(machine, function, args, keywords, node, name, receiver, star, more)


def _call_ref(
    machine: Machine,
    ref: Thing,
    args: list[Value],
    keywords: dict[str, Value],
    node: ast.AST,
    star: Value | None,
    more: Value | None,
) -> Value | None:
    if isinstance(ref, Function):
        if ref.binding.startswith("capture"):
            from ..models.jinja import collect

            return collect(machine, ref, args, keywords, node)
        return call_function(machine, ref, args, keywords, node, star, more)
    if isinstance(ref, Bound):
        return call_value(machine, ref.function, [ref.receiver, *args], keywords, node, star=star, more=more)
    if isinstance(ref, Partial):
        given = {**ref.keywords, **keywords}
        return call_value(machine, ref.function, [*ref.args, *args], given, node, star=star, more=more)
    if isinstance(ref, Class):
        from .classes import instantiate

        return instantiate(machine, ref, args, keywords, node, star, more)
    if isinstance(ref, Instance):
        method = attribute_of(machine, Value(refs=(ref,)), "__call__", node)
        if method.refs:
            return call_value(machine, method, args, keywords, node, star=star, more=more)
    return None


# --- libraries -----------------------------------------------------------------------------------------------------


def _call_library(
    machine: Machine,
    function: Value,
    args: list[Value],
    keywords: dict[str, Value],
    node: ast.AST,
    name: str,
    receiver: Value | None,
    star: Value | None,
    more: Value | None,
) -> Value:
    path = function.path
    if receiver is None and path and path[0] != "@" and path.rpartition(".")[2].isidentifier():
        # ``run = connection.execute``: whatever it is called here, it is that method.
        name = path.rpartition(".")[2]
    if path:
        node.path = path  # type: ignore[attr-defined]  # for the model of the views
    called = Call(machine, node, path, name, receiver, args, keywords, star, more)
    called.callee = function
    machine.listeners.called(called)
    if path.startswith("@filter.") and name[8:] in machine.template_filters:
        return call_value(machine, machine.template_filters[name[8:]], args, keywords, node)
    model = machine.models.for_call(path, name)
    if model is not None:
        made = model(called)
        if made is not None:
            return made
    _run_callbacks(machine, called)
    given = [*args, *keywords.values()]
    given += [value for value in (receiver, star, more, function if function.taint else None) if value is not None]
    result = weakened(machine, given, node)
    if path and path[0] != "?":
        result_path = machine.models.canonical(f"{path}()")
        return result.but(path=result_path) if result.taint else Value(path=result_path)
    return result


def _run_callbacks(machine: Machine, called: Call) -> None:
    """Run the lambdas that are given to what no model describes: it may call them."""
    for value in called.args:
        for ref in value.refs:
            if isinstance(ref, Function) and isinstance(ref.node, ast.Lambda):
                try:
                    call_function(machine, ref, [], {}, called.node, None, None)
                except Stop:
                    continue


# --- functions of the project --------------------------------------------------------------------------------------


def call_function(
    machine: Machine,
    function: Function,
    args: list[Value],
    keywords: dict[str, Value],
    node: ast.AST | None,
    star: Value | None = None,
    more: Value | None = None,
) -> Value:
    """Return what a function of the project returns.

    Raises:
        Stop: where it never returns.
    """
    if node is not None:
        _note_callee(node, function)
    given = [*args, *keywords.values(), *([star] if star is not None else []), *([more] if more is not None else [])]
    if machine.frame.depth >= MAX_DEPTH or machine.cut or machine.frame.runs(function) > 1:
        return weakened(machine, given, node or function.node)
    follow = to_follow(machine, function, given)
    if follow is None:
        return weakened(machine, given, node or function.node)
    if not follow:
        return summary(machine, function, node or function.node)
    key = signature(machine, function, args, keywords) if star is None and more is None else None
    if key is not None:
        known = machine.summaries.get(key)
        if known is not None:
            return known
    mark, refined = machine.heap.mark(), machine.refined
    before = (function.volatile, len(machine.raised))
    names = bound_arguments(machine, function, args, keywords, star, more)
    value = run_function(machine, function, names, node, args[0] if args else None)
    if function.volatile and machine.frame.function is not None:
        machine.frame.function.volatile = True
    same = machine.heap.mark() == mark and machine.refined is refined
    if key is not None and same and _reusable(value) and before == (function.volatile, len(machine.raised)):
        machine.summaries[key] = value
    return value


MAX_CALLEES: Final = 6


def _note_callee(node: ast.AST, function: Function) -> None:
    """Note at a call what it was seen to call: the model of the views follows it without running anything again."""
    known: tuple[Function, ...] = getattr(node, "callees", ())
    if function not in known and len(known) < MAX_CALLEES:
        node.callees = (*known, function)  # type: ignore[attr-defined]


def _reusable(value: Value) -> bool:
    """Return whether a value can be returned again: it holds nothing that another call could change."""
    return value.test is None and all(isinstance(ref, (Function, Class)) for ref in value.refs)


def summary(machine: Machine, function: Function, node: ast.AST) -> Value:
    """Return what a function returns that is called with nothing of interest; it is run once."""
    key = function
    known = machine.summaries.get(key)
    if known is None:
        machine.summaries[key] = UNKNOWN
        mark, refined = machine.heap.mark(), machine.refined
        try:
            value = run_function(machine, function, bound_arguments(machine, function, [], {}, UNKNOWN, UNKNOWN), node)
        except Stop:
            value = UNKNOWN
        if not _reusable(value):
            value = value.but(refs=())
        machine.heap.rollback(mark)
        machine.refined = refined
        known = machine.summaries[key] = value
    return known


def run_function(
    machine: Machine, function: Function, names: dict[str, Value], node: ast.AST | None, receiver: Value | None = None
) -> Value:
    """Run a function with the values of its parameters, and return what it returns.

    Raises:
        Stop: where it never returns.
    """
    from ..values.objects import Scope

    machine.tick += 1
    scope = Scope(function.scope, "function", names)
    frame = Frame(
        function.source, scope, function, node, machine.frame, machine.tick, machine.heap.mark(), machine.refined
    )
    frame.receiver = receiver
    outer, machine.frame = machine.frame, frame
    try:
        if isinstance(function.node, ast.Lambda):
            return _of_lambda(machine, function.node)
        goes_on = machine.run(function.node.body)
        return _finished(machine, frame, goes_on)
    finally:
        machine.frame = outer


def _of_lambda(machine: Machine, node: ast.Lambda) -> Value:
    """Return what a lambda returns; one that is a view answers with it."""
    value = machine.evaluate(node.body)
    if machine.entry is not None and machine.frame.depth == 1:
        machine.listeners.returned(machine, ast.copy_location(ast.Return(node.body), node.body), value)
    return value


def _finished(machine: Machine, frame: Frame, goes_on: bool) -> Value:
    if goes_on:
        frame.exits.append(Exit(NONE, machine.heap.since(frame.mark), machine.refined))
    if frame.yields:
        return _generated(machine, frame)
    if not frame.exits:
        raise Stop
    return leave(machine, frame.exits, frame.mark, frame.refined)


def _generated(machine: Machine, frame: Frame) -> Value:
    if frame.exits:
        leave(machine, frame.exits, frame.mark, frame.refined)
    return sequence(frame.yields, None, "generator")


__all__ = ["call_function", "call_value", "constant", "leave", "run_function", "summary"]
