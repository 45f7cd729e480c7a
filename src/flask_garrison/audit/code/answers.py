"""What a view returns, told to the rules: its body, its type, its status."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from .events import Answer
from .interpreter.frames import Stop
from .models.flask_answers import JSON, parts_of
from .values.objects import Bound, Class, Function, Record, Thing
from .values.value import EMPTY, UNKNOWN, Value, constant

if TYPE_CHECKING:
    from .entries import Entry
    from .interpreter.frames import Frame
    from .interpreter.machine import Machine

_NOWHERE: Final = ast.Pass(lineno=1, col_offset=0, end_lineno=1, end_col_offset=0)
"""Where Flask itself calls a hook."""

MOST_WRAPPERS: Final = 8
"""Depth of calls down to which a view's function can stand inside of its wrappers."""


def note_return(machine: Machine, node: ast.Return, value: Value) -> None:
    """Keep what a function of a view returns, with the state that it returns it in."""
    frame = machine.frame
    if machine.entry is None or frame.function is None or frame.depth > MOST_WRAPPERS:
        return
    if frame.depth == 1 or _wraps(frame.caller, frame.function):
        body, kind, status = parts_of(machine, value)
        if kind is EMPTY and _is_serialised(machine, value):
            kind = constant(JSON)
        answer = Answer(machine, node, value, body, kind, status, machine.entry.rule)
        answer.keep(frame, machine.refined, inner=frame.depth > 1)
        answer.passes = _passes_on(frame.function, node)
        _where_it_was_made(answer, value)
        machine.answers.append(answer)


def _is_serialised(machine: Machine, value: Value) -> bool:
    """Return whether a library of resources makes JSON of what a view returns: of anything but an answer."""
    entry = machine.entry
    if entry is None or (value.refs and any(isinstance(ref, Record) and "@body" in ref.payload for ref in value.refs)):
        return False
    # Flask itself takes no class for a view: who registers one that is no ``as_view()`` serialises what it returns.
    is_resource = entry.view.derived is None and any(isinstance(ref, Class) for ref in entry.view.refs)
    return is_resource and not machine.notes.get("representations")


def _where_it_was_made(answer: Answer, value: Value) -> None:
    """Let an answer stand where its object was made, which is where its body was given."""
    made = next((ref.made for ref in value.refs if isinstance(ref, Record) and ref.made), None)
    if made is not None and len(value.refs) == 1:
        frame, node = made
        answer.node = node
        answer.keep(frame, answer.machine.refined, inner=answer.inner)


def _wraps(frame: Frame | None, called: Function) -> bool:
    """Return whether a frame is a wrapper's that calls what it wraps, or another wrapper of the same."""
    wrapped = _wrapped_by(frame.function) if frame is not None and frame.function is not None else set()
    return called in wrapped or not wrapped.isdisjoint(_wrapped_by(called))


def _wrapped_by(function: Function) -> set[Thing]:
    """Return the functions that a decorator was given, of which a function inside of it is the wrapper."""
    scope = function.scope
    if scope.kind != "function":
        return set()
    values = [value for name in scope.given if (value := scope.payload.get(name)) is not None]
    return {one for value in values for ref in value.refs for one in _functions_in(ref)}


def _functions_in(ref: Thing) -> list[Thing]:
    return [one for one in ref.function.refs if isinstance(one, Function)] if isinstance(ref, Bound) else [ref]


def _passes_on(function: Function, node: ast.Return) -> bool:
    """Return whether a wrapper returns what the function that it wraps has returned, as it is."""
    if function.scope.kind != "function":
        return False
    value: ast.expr | None = node.value
    if isinstance(value, ast.Name):
        value = _assigned(function.node, value.id)
    if isinstance(value, ast.Await):
        value = value.value
    if not isinstance(value, ast.Call):
        return False
    called = value.func
    names = [called] if isinstance(called, ast.Name) else called.args if isinstance(called, ast.Call) else []
    return any(isinstance(one, ast.Name) and _is_wrapped(function, one.id) for one in names)


def _is_wrapped(function: Function, name: str) -> bool:
    value = function.scope.payload.get(name)
    return value is not None and any(isinstance(ref, (Function, Bound)) for ref in value.refs)


def _assigned(node: ast.AST, name: str) -> ast.expr | None:
    """Return what a name is given in a function, where that is one thing."""
    assigned = (one for one in ast.walk(node) if isinstance(one, ast.Assign))
    found = [one.value for one in assigned if any(isinstance(to, ast.Name) and to.id == name for to in one.targets)]
    return found[0] if len(found) == 1 else None


def judge_answers(machine: Machine, entry: Entry) -> None:
    """Tell the rules of a view's answers: of those inside a wrapper, unless the wrapper makes another one of them."""
    answers, machine.answers = machine.answers, []
    for hook in _hooks(machine, entry):
        _change_types(machine, answers, hook)
    machine.answers = []
    outer = [one for one in answers if not one.inner]
    made = any(isinstance(ref, Record) for one in outer for ref in one.value.refs)
    inner = [one for one in answers if one.inner]
    judged = outer if made or not inner else inner
    if inner and any(one.passes for one in outer):
        # What the wrapped function answers comes out as it is, beside what the wrapper answers itself.
        judged = [one for one in answers if not one.passes]
    for answer in judged:
        with answer.state():
            machine.listeners.answered(answer)


def _hooks(machine: Machine, entry: Entry) -> list[Value]:
    """Return the functions, bound to their objects, that are given each answer of a view before it is sent."""
    hooks = [one for one in machine.views if one.kind in ("after_request", "after_app_request")]
    of_all = [one for one in hooks if one.kind == "after_app_request" or one.receiver.path == "flask.Flask()"]
    own = [one for one in hooks if one not in of_all and one.receiver.refs and one.receiver.refs == entry.receiver.refs]
    return [one.view for one in (*own, *of_all) if one.functions]


def _change_types(machine: Machine, answers: list[Answer], hook: Value) -> None:
    """Give answers the type that a hook gives to all of them."""
    from .interpreter.calls import call_value
    from .models.flask_answers import answer as made_of

    given = made_of(UNKNOWN, UNKNOWN)
    try:
        value = call_value(machine, hook, [given], {}, _NOWHERE)
    except Stop:
        return
    if value.refs != given.refs:
        # What it returns is not known to be the answer that it was given.
        return
    kind = parts_of(machine, value)[1]
    if kind.known and kind.constant:
        # The hook was followed, and whatever it was given, this is what it sets.
        for answer in answers:
            answer.content_type = kind
