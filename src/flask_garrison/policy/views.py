"""What one view declares for itself.

A decorator marks the view *object*, so a sibling that shares its name shares nothing else, and the order of decorators
does not matter as long as they keep ``__dict__`` (``functools.wraps`` does).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from ..errors import PolicyError, nearest
from . import checks
from .setting import setting, settings, validate

MARK = "__garrison_view_policy__"
View = TypeVar("View", bound=Callable[..., Any])


def _optional(check: checks.Checker) -> checks.Checker:
    def checked(key: str, value: object) -> object:
        return None if value is None else check(key, value)

    return checked


@settings(frozen=True, kw_only=True)
class ViewPolicy:
    """Settings of one view; ``None`` and empty leave the application's policy as it is."""

    form_targets: tuple[str, ...] = setting(
        (), checks.origins, "More origins that forms on this page may be sent to.", "They receive what visitors type."
    )
    frame_ancestors: tuple[str, ...] | None = setting(
        None, _optional(checks.sources), "Who may show this page in a frame.", "They can overlay it."
    )
    csp: Mapping[str, tuple[str, ...]] = setting(
        {}, checks.directives, "Directives that replace the policy's on this page.", "As `Policy.csp`."
    )
    resource_policy: str | None = setting(
        None,
        checks.one_of(None, "same-origin", "same-site", "cross-origin"),
        "Cross-Origin-Resource-Policy of this view's answers.",
        "`cross-origin` lets any site load them.",
    )
    opener_policy: str | None = setting(
        None,
        checks.one_of(None, "same-origin", "same-origin-allow-popups", "noopener-allow-popups", "unsafe-none"),
        "Cross-Origin-Opener-Policy of this page.",
        "`unsafe-none` lets the opener navigate it.",
    )
    allow_insecure_csrf: bool = setting(
        False, checks.boolean, "Accept state-changing requests from any site.", "As `Policy.allow_insecure_csrf`."
    )
    allow_insecure_inline_handlers: bool = setting(
        False, checks.boolean, "Allow inline event handlers on this page.", "An injected attribute runs script."
    )
    allow_insecure_inline_scripts: bool = setting(
        False, checks.boolean, "Allow every inline script on this page.", "An injected script runs."
    )
    allow_insecure_style_attributes: bool = setting(
        False, checks.boolean, "Allow `style` attributes on this page.", "An injected attribute restyles the page."
    )
    allow_insecure_eval: bool = setting(
        False, checks.boolean, "Allow strings to become code on this page.", "A string can become code."
    )

    def __post_init__(self) -> None:
        validate(self)


DEFAULT_VIEW = ViewPolicy()


def view_policy(**settings: Any) -> Callable[[View], View]:
    """Declare settings for one view, as a decorator above or below the route.

    Several decorators on one view add up. On a ``MethodView`` it may mark the class or one of its methods.

    Raises:
        PolicyError: when the module is imported, for an unknown setting or a wrong value.
    """
    valid = [item.name for item in fields(ViewPolicy)]
    for key in settings:
        if key not in valid:
            raise PolicyError(key, "there is no such setting of a view.", nearest=nearest(key, valid))
    ViewPolicy(**settings)

    def mark(view: View) -> View:
        setattr(view, MARK, replace(getattr(view, MARK, DEFAULT_VIEW), **settings))
        return view

    return mark


def view_policy_of(view: object, method: str) -> ViewPolicy:
    """Return what ``view`` declares: its own mark, else that of its class's method, else that of its class."""
    marked: ViewPolicy | None = getattr(view, MARK, None)
    if marked is not None:
        return marked
    view_class = getattr(view, "view_class", None)
    if view_class is None:
        return DEFAULT_VIEW
    of_class: ViewPolicy = getattr(view_class, MARK, DEFAULT_VIEW)
    of_method: ViewPolicy = getattr(getattr(view_class, method.lower(), None), MARK, of_class)
    return of_method
