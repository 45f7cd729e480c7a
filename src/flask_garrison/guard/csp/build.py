"""From the policy to the directives of one kind of answer."""

from __future__ import annotations

from typing import NamedTuple, TypeVar
from urllib.parse import quote

from flask import Response

from ...context import SecurityContext
from ...policy import Policy
from ..answer import Kind, is_static, kind_of
from .directives import NONE, Directives

NONCE = "{garrison-nonce}"
"""Stands in a text for the nonce of the answer; no valid policy contains braces."""
NONCE_SOURCE = f"'nonce-{NONCE}'"
REPORT_GROUP = "garrison"
TYPES_GROUP = "garrison-types"
TYPES_QUERY = "trusted-types"
"""Reports on Trusted Types come by the hundred from pages of older libraries, so the collector counts them apart."""

_MAX_VARIANTS = 4_096
Made = TypeVar("Made")


class Variant(NamedTuple):
    """Everything on which the text of a policy depends, besides the nonce."""

    kind: Kind
    endpoint: str
    method: str
    secure: bool
    root: str
    static: bool

    @classmethod
    def of(cls, context: SecurityContext, response: Response) -> Variant:
        """Return the variant of an answer, made at the first call; endpoints are few, so texts can be kept for each."""
        seen = context.variant
        if seen is not None and seen[0] is response:
            known: Variant = seen[1]
            return known
        request = context.request
        endpoint = request.endpoint
        # Of methods only those that the matched rule accepts are distinguished: a client could invent others.
        method = request.method if endpoint is not None else ""
        variant = cls(
            kind_of(response),
            endpoint or "",
            method,
            request.is_secure,
            request.script_root,
            is_static(context, response),
        )
        context.variant = (response, variant)
        return variant


class PerVariant(dict[Variant, Made]):
    """What is kept for each variant; bounded, since a mount point may be any text that a client sends."""

    def __setitem__(self, variant: Variant, made: Made) -> None:
        if len(self) >= _MAX_VARIANTS:
            self.clear()
        super().__setitem__(variant, made)


def collector_path(context: SecurityContext) -> str:
    """Return the path of the report collector in the form that a header can carry, whatever the mount point is."""
    root = context.request.script_root
    return f"{quote(root, safe='/~') if root else ''}{context.policy.report_path}"


def directives_for(context: SecurityContext, variant: Variant, types_enforced: bool) -> Directives:
    """Return the directives of one kind of answer under the policy and what the view declares."""
    if variant.kind is Kind.DOCUMENT:
        directives = _document(context, types_enforced)
    elif context.policy.default_src_none and variant.kind is Kind.SCRIPT:
        directives = _worker(context)
    elif context.policy.default_src_none and _shows_nothing(variant):
        directives = {"default-src": NONE, "frame-ancestors": _ancestors(context)}
    else:
        directives = _data(variant, _ancestors(context))
    return directives | reporting(context)


def _document(context: SecurityContext, types_enforced: bool) -> Directives:
    policy, view = context.policy, context.view
    directives = _strict_base(policy) if policy.default_src_none else {}
    directives |= {"script-src": (NONCE_SOURCE, "'strict-dynamic'", "'report-sample'")}
    directives |= {"object-src": NONE, "base-uri": NONE, "frame-ancestors": _ancestors(context)}
    directives |= {"style-src": _styles(policy)}
    if types_enforced:
        directives |= {"require-trusted-types-for": ("'script'",)}
    directives |= _with_nonces(dict(policy.csp) | dict(view.csp), policy.style_nonces)
    targets = tuple(dict.fromkeys((*policy.form_targets, *view.form_targets)))
    directives.setdefault("form-action", ("'self'",))
    if targets:
        directives["form-action"] = (*(one for one in directives["form-action"] if one != "'none'"), *targets)
    return _with_allowances(context, directives)


def _shows_nothing(variant: Variant) -> bool:
    """Return whether nothing is loaded for the answer: a static image or film that is opened shows itself."""
    return variant.kind is Kind.STYLE or (not variant.static and variant.kind is not Kind.PDF)


def _worker(context: SecurityContext) -> Directives:
    """Return the strict policy of a script: as a worker it may load and ask what comes from this site."""
    limits: Directives = {"object-src": NONE, "base-uri": NONE, "frame-ancestors": _ancestors(context)}
    return {**_strict_base(context.policy), "script-src": ("'self'",), **limits}


def _strict_base(policy: Policy) -> Directives:
    own = ("'self'",)
    names = ("img-src", "font-src", "connect-src", "media-src", "frame-src", "worker-src", "manifest-src")
    return {"default-src": NONE, **dict.fromkeys(names, own)}


def _styles(policy: Policy) -> tuple[str, ...]:
    # A nonce beside 'unsafe-inline' switches the latter off, so it is one or the other.
    if policy.style_nonces:
        return (NONCE_SOURCE, "'report-sample'")
    return ("'self'", "https:", "'unsafe-inline'")


def _with_nonces(custom: Directives, style_nonces: bool) -> Directives:
    """Add the nonce to script sources (and style sources) that the operator states; ``'none'`` stays alone."""
    names = {"script-src", "script-src-elem"} | ({"style-src", "style-src-elem"} if style_nonces else set())
    return {
        name: (*sources, NONCE_SOURCE)
        if name in names and sources != NONE and "'unsafe-inline'" not in sources
        else sources
        for name, sources in custom.items()
    }


def _with_allowances(context: SecurityContext, directives: Directives) -> Directives:
    if context.allows("inline_scripts"):
        directives["script-src"] = ("'self'", "https:", "'unsafe-inline'")
    if context.allows("eval"):
        directives["script-src"] = (*directives["script-src"], "'unsafe-eval'")
    if context.allows("inline_handlers"):
        directives["script-src-attr"] = ("'unsafe-inline'",)
    if context.allows("style_attributes"):
        directives["style-src-attr"] = ("'unsafe-inline'",)
    return directives


def _data(variant: Variant, ancestors: tuple[str, ...]) -> Directives:
    """Return the policy of an answer that is not HTML but could be opened or run all the same."""
    base: Directives = {"base-uri": NONE, "frame-ancestors": ancestors}
    if variant.kind is Kind.PDF:
        # Browsers show a PDF as an object inside a page of their own, to which the policy is applied.
        return base
    base["object-src"] = NONE
    if variant.kind is Kind.SCRIPT:
        # A worker takes its policy from its own script: limiting scripts here would break honest workers.
        return base
    return {"script-src": NONE, **base}


def _ancestors(context: SecurityContext) -> tuple[str, ...]:
    view = context.view.frame_ancestors
    return context.policy.frame_ancestors if view is None else view


def reporting(context: SecurityContext, *, types: bool = False) -> Directives:
    """Return where violations are reported to.

    Args:
        types: Of the report-only policy that is about Trusted Types alone.
    """
    if context.policy.mode_of("headers.reports") == "off":
        return {}
    uri = f"{collector_path(context)}{f'?{TYPES_QUERY}' if types else ''}"
    # Over plain HTTP Chromium sends nothing at all when report-to stands there too.
    secure = {"report-to": (TYPES_GROUP if types else REPORT_GROUP,)} if context.request.is_secure else {}
    return {"report-uri": (uri,), **secure}
