"""What one view declares for itself.

A decorator marks the view *object*, so a sibling that shares its name shares nothing else, and the order of decorators
does not matter as long as they keep ``__dict__`` (``functools.wraps`` does).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, NamedTuple, TypeVar

from ..errors import PolicyError, nearest
from . import checks, rate_checks
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

    max_body_bytes: int | None = setting(
        None,
        _optional(checks.integer(1, 1 << 40)),
        "The largest body of this view in bytes, of whatever kind.",
        "As `Policy.max_body_bytes`.",
    )
    max_fields: int | None = setting(
        None,
        _optional(checks.integer(1, 1_000_000)),
        "The most parameters, fields and parts of this view.",
        "As `Policy.max_fields`.",
    )
    max_json_depth: int | None = setting(
        None, _optional(checks.integer(1, 500)), "How deep JSON of this view may be nested.", "As in `Policy`."
    )
    allow_insecure_http: bool = setting(
        False, checks.boolean, "Answer over plain HTTP.", "As `Policy.allow_insecure_http`."
    )
    credential_check: bool = setting(
        False,
        checks.boolean,
        "This view checks a password, token or code: its failures are counted.",
        "A view left out is recognised by its password field, or not at all.",
    )
    account_field: str | None = setting(
        None,
        checks.optional_name,
        "The field that names the account here.",
        "A wrong one leaves only the limit by client.",
    )
    rate_limit: tuple[str, ...] | None = setting(
        None,
        _optional(rate_checks.rates),
        "Limits on requests to this view, instead of the policy's; an empty list is none.",
        "As `Policy.rate_limit`.",
    )
    rate_limit_by: str | None = setting(
        None,
        checks.one_of(None, "client", "account", "route"),
        "Whom `rate_limit` counts here.",
        "As `Policy.rate_limit_by`.",
    )

    def __post_init__(self) -> None:
        validate(self)


DEFAULT_VIEW = ViewPolicy()


def view_policy(**settings: Any) -> Callable[[View], View]:
    """Declare settings for one view, as a decorator above or below the route.

    Several decorators on one view add up. On a ``MethodView`` it may mark the class, one of its methods and the
    result of
    ``as_view()``; a subclass inherits what its base declares.

    Raises:
        PolicyError: when the module is imported, for an unknown setting or a wrong value.
    """
    valid = [item.name for item in fields(ViewPolicy)]
    for key in settings:
        if key not in valid:
            raise PolicyError(key, "there is no such setting of a view.", nearest=nearest(key, valid))
    ViewPolicy(**settings)

    def mark(view: View) -> View:
        stated = {**getattr(view, MARK, _UNMARKED).stated, **settings}
        setattr(view, MARK, _Mark(ViewPolicy(**stated), stated))
        return view

    return mark


class _Mark(NamedTuple):
    """What one object declares: as a whole, and what of it was stated."""

    policy: ViewPolicy
    stated: Mapping[str, Any]


_UNMARKED = _Mark(DEFAULT_VIEW, {})


def view_policy_of(view: object, method: str) -> ViewPolicy:
    """Return what ``view`` declares; of a ``MethodView`` what class, method and view state, added up.

    Of one setting that several state, the nearest counts: the view's, then the method's, then the class's.
    """
    marks = [mark for mark in _marks_of(view, method) if mark.stated]
    if len(marks) < 2:
        return marks[0].policy if marks else DEFAULT_VIEW
    stated: dict[str, Any] = {}
    for mark in marks:
        stated |= mark.stated
    return ViewPolicy(**stated)


def _marks_of(view: object, method: str) -> tuple[_Mark, ...]:
    own: _Mark = getattr(view, MARK, _UNMARKED)
    view_class = getattr(view, "view_class", None)
    if view_class is None:
        return (own,)
    of_class: _Mark = getattr(view_class, MARK, _UNMARKED)
    return (of_class, getattr(getattr(view_class, method.lower(), None), MARK, _UNMARKED), own)
