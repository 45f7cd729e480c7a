"""Control ``inputs.schemas``: a view that was declared as validated is called with validated values, or not at all.

``@validated`` returns a function that validates. Where it stands above ``@app.route``, the application registered the
function below it, which bears the mark and validates nothing; that one is exchanged before its first call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol

from ..context import SecurityContext
from .gate import Gate

CONTROL = "inputs.schemas"
MARK = "__garrison_declared_inputs__"


class Declared(Protocol):
    """What a mark holds; the layer above knows how to validate."""

    def is_guarding(self, view: object) -> bool:
        """Return whether ``view`` is a function that this declaration made."""

    def guarding(self, view: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that validates and then calls ``view``."""


def install(gate: Gate) -> None:
    """Look at each view when it is first asked for. Whoever declares a schema means it: no mode turns it off."""
    settled: dict[str, object] = {}

    def settle(context: SecurityContext) -> None:
        endpoint = context.endpoint
        views = context.app.view_functions
        view = views.get(endpoint)
        if view is None or settled.get(endpoint) is view:
            return
        guarded = guarded_view(view)
        if guarded is not view:
            views[endpoint] = guarded
        settled[endpoint] = guarded

    gate.arrivals.append(settle)


def guarded_view(view: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``view``, or what validates for it every declaration that no function in its chain applies."""
    chain = list(chain_of(view))
    for declared in marks_of(view):
        if not any(declared.is_guarding(step) for step in chain):
            view = declared.guarding(view)
    return view


def marks_of(view: object) -> tuple[Declared, ...]:
    """Return the declarations of a view: of the outermost function in its chain that bears any."""
    for step in chain_of(view):
        marks: tuple[Declared, ...] = getattr(step, MARK, ())
        if marks:
            return marks
    return ()


def chain_of(view: object) -> Iterator[object]:
    """Yield a view and what it wraps, as ``functools.wraps`` records it."""
    seen: list[object] = []
    while view is not None and not any(view is step for step in seen):
        seen.append(view)
        yield view
        view = getattr(view, "__wrapped__", None)
