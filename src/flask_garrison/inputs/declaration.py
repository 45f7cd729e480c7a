"""The mark that a view bears: what it declares, and the function that validates before the view is called."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple
from weakref import WeakSet

from ..context import SecurityContext, current
from ..errors import GarrisonError, PolicyError
from ..guard.csrf import SAFE_METHODS
from ..guard.declared_inputs import MARK, chain_of
from .adapters import Adapter, Loaded, adapter_for
from .problems import Problem
from .reading import READERS, path_names
from .refusing import refuse_invalid, tell
from .unknown_keys import observed_only

OnError = Callable[[tuple[Mapping[str, str], ...]], Any] | Literal["view"] | None
_BODIES = ("form", "json")
_DONE = "_garrison_validated"


class Checked(NamedTuple):
    """What the view is called with, or the answer that takes its place."""

    values: Mapping[str, Any]
    answer: Any = None
    answered: bool = False


class Declaration:
    """What one use of ``@validated`` says.

    Attributes:
        parts: The declared types by part.
        on_error: What to do where a visitor can correct the input: ``None`` refuses.
    """

    def __init__(self, parts: Mapping[str, Any], on_error: OnError) -> None:
        if not parts:
            raise PolicyError(
                "validated", "nothing is declared; name at least one of query, form, json, path, headers."
            )
        if all(part in parts for part in _BODIES):
            raise PolicyError("validated", "a request has one body: declare form or json, not both.")
        if on_error not in (None, "view") and (not callable(on_error) or inspect.iscoroutinefunction(on_error)):
            raise PolicyError("on_error", 'give a function (not a coroutine), or "view".')
        self.parts = dict(parts)
        self.on_error = on_error
        self._wrappers: WeakSet[Any] = WeakSet()

    @functools.cached_property
    def adapters(self) -> Mapping[str, Adapter]:
        """The declared parts, ready to validate; built at the first request, when every name is defined."""
        return {part: adapter_for(part, self.parts[part]) for part in READERS if part in self.parts}

    def is_guarding(self, view: object) -> bool:
        """Return whether ``view`` is a function that this declaration made."""
        return inspect.isfunction(view) and view in self._wrappers

    def guarding(self, view: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that validates and then calls ``view``; a coroutine function for one."""
        wrapper = _awaiting(self, view) if inspect.iscoroutinefunction(view) else _calling(self, view)
        self._wrappers.add(wrapper)
        return wrapper

    def mark(self, wrapper: Callable[..., Any]) -> None:
        """Put the mark on a wrapper and on all that it wraps: one of them may be what the application registered.

        The wrapper itself keeps of the marks that ``functools.wraps`` copied those that are applied below it: another
        view that shares a function with this one shares nothing else.
        """
        chain = list(chain_of(wrapper))
        inherited = getattr(wrapper, MARK, ())
        applied = [mark for mark in inherited if any(mark.is_guarding(step) for step in chain)]
        setattr(wrapper, MARK, (*applied, self))
        for step in chain[1:]:
            setattr(step, MARK, (*getattr(step, MARK, ()), self))

    def check(self, arguments: Mapping[str, Any]) -> Checked:
        """Return what to call the view with in place of the route's ``arguments``.

        Raises:
            RefusedInvalid: (422) where a part is not what is declared; also 400 and 415 for bodies.
            GarrisonError: where no Garrison guards the application: nothing would refuse.
        """
        context = current()
        if context is None:
            raise GarrisonError("A view with @validated needs Garrison(app); it was not called.")
        done: dict[Declaration, Mapping[str, Any]] = context.request.__dict__.setdefault(_DONE, {})
        if self not in done:
            checked = self._read(context, arguments)
            if checked.answered:
                return checked
            done[self] = checked.values
        replaced = path_names(self.adapters["path"], arguments) if "path" in self.adapters else ()
        kept = {key: value for key, value in arguments.items() if key not in replaced}
        return Checked({**kept, **done[self]})

    def _read(self, context: SecurityContext, arguments: Mapping[str, Any]) -> Checked:
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for part, adapter in self.adapters.items():
            if part in _BODIES and context.request.method in SAFE_METHODS:
                values[part] = adapter.blank()
                continue
            loaded = _load(context, part, adapter, arguments)
            values[part] = loaded.value
            problems.extend(loaded.problems)
        return self._answer(context, problems, values) if problems else Checked(values)

    def _answer(self, context: SecurityContext, problems: list[Problem], values: Mapping[str, Any]) -> Checked:
        if self.on_error is None or not all(item.is_correctable for item in problems):
            refuse_invalid(context, problems)
        if callable(self.on_error):
            tell(context, problems, "refused")
            answer = self.on_error(tuple(item.as_dict() for item in problems))
            return Checked({}, answer, answered=True)
        if any(item.part != "form" for item in problems) or values["form"] is None:
            refuse_invalid(context, problems)
        tell(context, problems, "allowed")
        return Checked(values)


def _load(context: SecurityContext, part: str, adapter: Adapter, arguments: Mapping[str, Any]) -> Loaded:
    loaded = READERS[part](context, adapter, arguments, True)
    observed = observed_only(context, loaded.problems)
    if observed:
        tell(context, observed, "would_refuse")
        return READERS[part](context, adapter, arguments, False)
    return loaded


def _calling(declared: Declaration, view: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(view)
    def validating(*positional: Any, **arguments: Any) -> Any:
        checked = declared.check(arguments)
        return checked.answer if checked.answered else view(*positional, **checked.values)

    return validating


def _awaiting(declared: Declaration, view: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(view)
    async def validating(*positional: Any, **arguments: Any) -> Any:
        checked = declared.check(arguments)
        return checked.answer if checked.answered else await view(*positional, **checked.values)

    return validating
