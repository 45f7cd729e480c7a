"""``flask.session``: signed, so what is in it was put there by the application, which is kept between views."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from ..values.objects import Mapping
from ..values.steps import Step
from ..values.value import UNKNOWN, Value
from .containers import extend_all, get, keys, pairs, pop, rearranged, values
from .copying import copy
from .registry import MODELS, alias, on_attribute, on_call

if TYPE_CHECKING:
    from ..interpreter.machine import Machine

SESSION: Final = "flask.session"
alias({"flask.sessions.SecureCookieSession()": SESSION, "flask.ctx.session": SESSION, "quart.session": SESSION})


def session_of(machine: Machine) -> Value:
    """Return the one object that ``flask.session`` is."""
    return machine.lasting.setdefault(SESSION, Value(path=SESSION, refs=(Mapping({}, UNKNOWN),)))


@on_attribute(SESSION)
def session(machine: Machine, value: Value, path: str, node: ast.AST) -> Value:
    """``flask.session`` where the package was imported."""
    return session_of(machine)


MODELS.lasting[SESSION] = session_of
for _function, _names in (
    (get, ("get", "setdefault")),
    (pop, ("pop",)),
    (extend_all, ("update",)),
    (pairs, ("items",)),
    (values, ("values",)),
    (keys, ("keys",)),
    (copy, ("copy",)),
    (rearranged, ("clear", "popitem")),
):
    on_call(*(f"{SESSION}.{name}" for name in _names))(_function)


def as_stored(value: Value) -> Value:
    """Return a value as another request finds it: put there by an earlier one."""
    if not value.taint or value.step is None:
        return value
    step = value.step
    kept = Step(step.node, step.source, step.tick, step.parent, stored=True, label=step.label)
    return value.but(step=kept)
