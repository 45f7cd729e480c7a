"""Decorators that stand above the route, where no request reaches them, as the code shows it."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Evidence, Severity
from ...code.views import Decorator, View, Views, shown
from ...code.views.reporting import match_of
from ...code.views.vocabulary import ROLES
from ...rule import Match, checks
from .routes_order import ORDER

__all__ = ["Evidence", "order_in_code"]


@checks(ORDER, reads="views")
def order_in_code(views: Views) -> Iterator[Match]:
    """Find views whose rule stands above their route."""
    for view in views.all:
        above = [one for one in view.decorators if one.is_above and one.guard in ("library", "code")]
        for decorator in above[:1]:
            if not view.asks or _is_stricter(decorator, view):
                yield _match(view, decorator)


def _is_stricter(decorator: Decorator, view: View) -> bool:
    """Return whether what is dropped asks for more than what is left."""
    return ROLES.search(decorator.name) is not None and not view.wants_roles and not _is_repeated(decorator, view)


def _is_repeated(decorator: Decorator, view: View) -> bool:
    return any(one.name == decorator.name and not one.is_above for one in view.decorators)


def _match(view: View, decorator: Decorator) -> Match:
    summary = (
        f"@{decorator.name} stands above the route of {view.name}: "
        f"{view.method} {view.route} runs the function without it"
    )
    return match_of(
        view,
        f"@{decorator.name} stands above the route of {shown(view)} and is never called",
        summary,
        severity=Severity.MEDIUM if view.asks else None,
    )
