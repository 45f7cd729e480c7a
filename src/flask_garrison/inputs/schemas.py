"""Control ``inputs.schemas``: a view says what it takes, and is called with nothing else."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from flask import Flask

from ..errors import PolicyError
from ..guard.declared_inputs import marks_of
from .declaration import Declaration, OnError

CONTROL = "inputs.schemas"
View = TypeVar("View", bound=Callable[..., Any])
_LATER_SET = ("HEAD", "OPTIONS")


def validated(
    *,
    query: Any = None,
    form: Any = None,
    json: Any = None,
    path: Any = None,
    headers: Any = None,
    on_error: OnError = None,
) -> Callable[[View], View]:
    """Declare what a view takes; each declared part reaches it as a keyword argument of the part's name.

    A part is declared by a type that pydantic validates (a model, a dataclass, a typed dictionary, an annotated type),
    a WTForms form class, or a marshmallow schema. Unknown keys of forms and JSON are refused. The decorator may stand
    above or below the route, on a method of a ``MethodView``, or in its ``decorators``.

    Args:
        query: The parameters of the query; unknown ones are dropped unless ``Policy.strict_query``.
        form: The fields and files of a form. On GET and HEAD the view gets ``None``, or an empty WTForms form.
        json: The body, with a JSON content type.
        path: The route's variables; those that it declares no longer come one by one.
        headers: Request headers, ``x_request_id`` for ``X-Request-Id``; others are ignored.
        on_error: A function that is given the problems and returns the answer; or ``"view"`` for WTForms: the view is
            called with the form, whose ``errors`` say what is wrong. Unknown and doubled fields are refused all the
            same.

    Raises:
        PolicyError: when the module is imported, for a declaration or a view that cannot work.
    """
    given = {"query": query, "form": form, "json": json, "path": path, "headers": headers}
    declared = Declaration({part: value for part, value in given.items() if value is not None}, on_error)

    def decorate(view: View) -> View:
        _require_parameters(view, declared)
        wrapper = declared.guarding(view)
        declared.mark(wrapper)
        return wrapper  # type: ignore[return-value]

    return decorate


def declared_inputs(app: Flask) -> dict[str, dict[str, dict[str, dict[str, Any]]]]:
    """Return what the views of ``app`` declare: by endpoint, method and part, as JSON Schema.

    Views without a declaration are left out. The names of a WTForms form or a marshmallow schema are known, their types
    are not.
    """
    found: dict[str, dict[str, dict[str, dict[str, Any]]]] = {}
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - set(_LATER_SET)):
            parts = _parts_of(app.view_functions.get(rule.endpoint), method)
            if parts:
                found.setdefault(rule.endpoint, {})[method] = parts
    return found


def _parts_of(view: object, method: str) -> dict[str, dict[str, Any]]:
    parts: dict[str, dict[str, Any]] = {}
    for declared in _declarations(view, method):
        parts |= {part: adapter.json_schema() for part, adapter in declared.adapters.items()}
    return parts


def _declarations(view: object, method: str) -> Iterator[Declaration]:
    view_class = getattr(view, "view_class", None)
    for holder in (view, getattr(view_class, method.lower(), None)):
        for mark in marks_of(holder) if holder is not None else ():
            if isinstance(mark, Declaration):
                yield mark


def _require_parameters(view: Callable[..., Any], declared: Declaration) -> None:
    """Refuse a view that would run without its values where the declaration is lost: it must ask for them by name."""
    if isinstance(view, type):
        raise PolicyError(view.__qualname__, "put @validated on its methods, or into its `decorators`.")
    parameters = inspect.signature(view).parameters
    if any(item.kind is inspect.Parameter.VAR_KEYWORD for item in parameters.values()):
        return
    for part in declared.parts:
        item = parameters.get(part)
        if item is None or item.default is not item.empty or item.kind is item.POSITIONAL_ONLY:
            name = getattr(view, "__qualname__", repr(view))
            raise PolicyError(name, f"must take the declared part as a parameter without a default: def ...({part}).")
