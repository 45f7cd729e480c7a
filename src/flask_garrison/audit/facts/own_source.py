"""The source of the application's own modules, and where the views of its ``url_map`` stand in it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

from ..code.known_views import KnownView
from ..inspected import Inspected
from .own_code import own_modules


def own_source(inspected: Inspected) -> dict[str, Path]:
    """Return the files of the application's own modules, by the names that they were imported under."""
    found: dict[str, Path] = {}
    seen: set[Path] = set()
    for module in own_modules(inspected):
        path = Path(str(module.__file__))
        if path.suffix == ".py" and path.is_file() and path not in seen:
            seen.add(path)
            found[module.__name__] = path
    return found


def known_views(inspected: Inspected) -> Iterator[KnownView]:
    """Yield where each view's function stands."""
    for route in inspected.routes:
        view = inspect.unwrap(route.view) if callable(route.view) else None
        code = getattr(view, "__code__", None)
        if code is not None:
            yield KnownView(Path(code.co_filename), code.co_firstlineno, route.rule, tuple(sorted(route.methods)))
