"""Flask-WTF's CSRFProtect, and what it is told to leave out."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final, NamedTuple

from ..values.value import UNKNOWN, Value
from .registry import alias, on_call, on_decorator

if TYPE_CHECKING:
    from ..events import Call
    from ..interpreter.machine import Machine
    from ..project.sources import Source

CSRF: Final = "flask_wtf.CSRFProtect()"
PROTECTED: Final = "csrf protected"
EXEMPT: Final = "csrf exempt"

_MAKERS: Final = (
    "flask_wtf.CSRFProtect",
    "flask_wtf.csrf.CSRFProtect",
    "flask_wtf.CsrfProtect",
    "flask_wtf.csrf.CsrfProtect",
    "flask_seasurf.SeaSurf",
)
alias({f"{maker}()": CSRF for maker in _MAKERS})


class Exemption(NamedTuple):
    """Something that is left out.

    Attributes:
        source: The file that says so.
        node: Where in that.
        what: A view, a blueprint, or the name of a view; of a decorator nothing, since its node tells the view.
    """

    source: Source
    node: ast.AST
    what: Value


@on_call(*_MAKERS)
def made(call: Call) -> Value:
    """``CSRFProtect(app)``: from then on requests are checked."""
    call.machine.notes[PROTECTED] = True
    return Value(path=CSRF)


@on_call(f"{CSRF}.exempt")
def exempted(call: Call) -> Value:
    """``csrf.exempt(api)``."""
    what = call.arg(0, "view")
    if what is None:
        return UNKNOWN
    _note(call.machine, call.node, what)
    return what


@on_decorator(f"{CSRF}.exempt")
def marked(machine: Machine, decorator: Value, value: Value, node: ast.AST) -> Value:
    """``@csrf.exempt``."""
    _note(machine, node, UNKNOWN)
    return value


def _note(machine: Machine, node: ast.AST, what: Value) -> None:
    machine.notes.setdefault(EXEMPT, []).append(Exemption(machine.frame.source, node, what))
