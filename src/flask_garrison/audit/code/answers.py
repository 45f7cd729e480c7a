"""What a view returns, told to the rules: its body, its type, its status."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .events import Answer
from .models.flask_answers import parts_of
from .values.objects import Bound, Function, Record
from .values.value import Value

if TYPE_CHECKING:
    from .entries import Entry
    from .interpreter.machine import Machine


def note_return(machine: Machine, node: ast.Return, value: Value) -> None:
    """Keep what a function of a view returns, with the state that it returns it in."""
    frame = machine.frame
    if machine.entry is None or frame.function is None or frame.depth > 3:
        return
    if frame.depth == 1 or _wraps(frame.caller):
        body, kind, status = parts_of(machine, value)
        answer = Answer(machine, node, value, body, kind, status, machine.entry.rule)
        answer.keep(frame, machine.refined, inner=frame.depth > 1)
        answer.passes = _passes_on(frame.function, node)
        _where_it_was_made(answer, value)
        machine.answers.append(answer)


def _where_it_was_made(answer: Answer, value: Value) -> None:
    """Let an answer stand where its object was made, which is where its body was given."""
    made = next((ref.made for ref in value.refs if isinstance(ref, Record) and ref.made), None)
    if made is not None and len(value.refs) == 1:
        frame, node = made
        answer.node = node
        answer.keep(frame, answer.machine.refined, inner=answer.inner)


def _wraps(frame: object) -> bool:
    """Return whether a frame is a wrapper's: a function that closes over another one, which it calls."""
    function = getattr(frame, "function", None)
    return function is not None and function.scope.kind == "function"


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
