"""Limits of Flask-Limiter, as the code sets them: by default, of a blueprint, of a view; and what is exempt."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from .model import View, Views
from .project import Project, dotted

if TYPE_CHECKING:
    from ..project.sources import Source

_LIMITS: Final = re.compile(
    r"(?i)(?:^|[._])(?:shared_)?(?:rate_?)?(?:limit(?:ed|er|s)?|throttled?)(?:$|[._(])|rate_?limit|throttle|brute"
)
_EXEMPT: Final = re.compile(r"(?i)limit\w*\.exempt|exempt_from_limit|no_limit")
_KEYS: Final = frozenset({"RATELIMIT_DEFAULT", "RATELIMIT_APPLICATION", "RATELIMIT_DEFAULTS"})


def find_limits(project: Project, sources: list[Source], views: Views) -> None:
    """Note which views are limited, and whether something limits or guards all of them."""
    limited: set[str] = set()
    exempt: set[str] = set()
    for source in sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call):
                _read_call(node, views, limited, exempt)
            elif isinstance(node, ast.Constant) and node.value in _KEYS:
                views.has_default_limit = True
    for view in views.all:
        view.is_limited = _is_limited(view, views, limited, exempt)
    del project


def _read_call(node: ast.Call, views: Views, limited: set[str], exempt: set[str]) -> None:
    name = dotted(node.func)
    last = name.rpartition(".")[2]
    if last == "Limiter":
        views.makes_limiter = True
        given = {keyword.arg for keyword in node.keywords if not _is_empty(keyword.value)}
        views.has_default_limit |= not given.isdisjoint({"default_limits", "application_limits"})
    elif last in ("Garrison", "init_app") and _is_garrison(node):
        views.is_guarded = True
    elif isinstance(node.func, ast.Call) and _LIMITS.search(dotted(node.func.func)) and node.args:
        # ``limiter.limit("5 per minute")(blueprint)``
        limited.add(dotted(node.args[0]).rpartition(".")[2])
    elif _EXEMPT.search(name) and node.args:
        exempt.add(dotted(node.args[0]).rpartition(".")[2])


def _is_empty(node: ast.expr) -> bool:
    return (isinstance(node, (ast.List, ast.Tuple)) and not node.elts) or (
        isinstance(node, ast.Constant) and not node.value
    )


def _is_garrison(node: ast.Call) -> bool:
    path: str = getattr(node, "path", "")
    return path.startswith("flask_garrison.")


def _is_limited(view: View, views: Views, limited: set[str], exempt: set[str]) -> bool:
    names = [one.name for one in view.decorators if not one.is_above]
    if any(_EXEMPT.search(name) for name in names) or getattr(view.function.node, "name", "") in exempt:
        return False
    if any(_LIMITS.search(name) for name in names) or views.has_default_limit:
        return True
    own = getattr(view.function.node, "name", "")
    return own in limited or (view.owner is not None and _variable(view) in limited)


def _variable(view: View) -> str:
    """Return the name of the variable that holds a view's blueprint."""
    node = view.entry.node
    func = node.func if isinstance(node, ast.Call) else node
    return dotted(func.value).rpartition(".")[2] if isinstance(func, ast.Attribute) else ""
