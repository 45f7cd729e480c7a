"""Extensions that do not register themselves: found by the hooks that they hang into an application."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from flask import Flask

from ..inspected import Inspected
from .layers import closure_of, layers, written_in


def talisman_of(app: Flask) -> Any:
    """Return the Flask-Talisman at work, or ``None``."""
    return _owner_of(app.before_request_funcs.get(None, ()), "flask_talisman")


def seasurf_of(app: Flask) -> Any:
    """Return the Flask-SeaSurf at work, or ``None``."""
    return _owner_of(app.before_request_funcs.get(None, ()), "flask_seasurf")


def celery_of(inspected: Inspected) -> Any:
    """Return the Celery application: Flask's documented place first, then the one that was made the default."""
    found = inspected.extension("celery")
    if hasattr(found, "conf"):
        return found
    current = getattr(inspected.module("celery._state"), "default_app", None)
    return current if hasattr(current, "conf") else None


class CorsOptions(NamedTuple):
    """What Flask-CORS does for some paths or one view.

    Attributes:
        where: The pattern of paths, or the endpoint.
        route: The rule, where it is one view.
        origins: Exact text or compiled patterns.
    """

    where: str
    route: str | None
    origins: tuple[Any, ...]
    everybody: bool
    credentials: bool


def cors_options(inspected: Inspected) -> list[CorsOptions]:
    """Return what ``CORS(app)`` and ``@cross_origin`` keep, resolved as at a request."""
    return [*_of_hooks(inspected), *_of_views(inspected)]


def _of_hooks(inspected: Inspected) -> Iterator[CorsOptions]:
    for hooks in inspected.app.after_request_funcs.values():
        for hook in hooks:
            resources = closure_of(hook).get("resources")
            if written_in(hook).startswith("flask_cors") and isinstance(resources, list):
                for pattern, options in resources:
                    yield _cors(str(getattr(pattern, "pattern", pattern)), None, options)


def _of_views(inspected: Inspected) -> Iterator[CorsOptions]:
    core = inspected.module("flask_cors.core")
    for route in inspected.routes:
        for layer in layers(route.view):
            raw = closure_of(layer).get("_options")
            if core is not None and written_in(layer).startswith("flask_cors") and isinstance(raw, Mapping):
                yield _cors(route.endpoint, route.rule, core.get_cors_options(inspected.app, raw))


def _cors(where: str, route: str | None, options: Any) -> CorsOptions:
    """Read options of any release: an object since 6.0.5, a dictionary before."""
    values: Any = options if isinstance(options, Mapping) else _Attributes(options)
    origins = values.get("origins") or ()
    listed = tuple(origins) if isinstance(origins, Iterable) and not isinstance(origins, str) else (origins,)
    everybody = any(getattr(one, "pattern", one) in (".*", "*", r".*\Z") for one in listed)
    return CorsOptions(where, route, listed, everybody, bool(values.get("supports_credentials")))


class _Attributes:
    """An object that is read like a dictionary."""

    def __init__(self, options: Any) -> None:
        self._options = options

    def get(self, name: str) -> Any:
        return getattr(self._options, name, None)


def _owner_of(hooks: Iterable[Any], package: str) -> Any:
    for hook in hooks:
        owner = getattr(hook, "__self__", None)
        if owner is not None and type(owner).__module__.partition(".")[0] == package:
            return owner
    return None
