"""Controls ``headers.csp`` and ``headers.trusted-types``: the Content-Security-Policy of every answer.

A fresh nonce and ``strict-dynamic`` decide which scripts run (CSP Level 3). A 304 carries no policy: a browser would
merge it into the cached page, whose nonce is an older one.
"""

from __future__ import annotations

from collections.abc import Iterable

from flask import Response

from ...context import SecurityContext
from ...policy import Mode
from ..answer import Kind, is_static, kind_of
from ..gate import Gate
from ..notices import Notices
from .build import NONCE, Variant, directives_for
from .dash import DashPages
from .directives import Directives, parse, serialise
from .merge import strictest
from .static_pages import StaticPages

CONTROL = "headers.csp"
TRUSTED_TYPES = "headers.trusted-types"
HEADER = "Content-Security-Policy"
REPORT_ONLY = "Content-Security-Policy-Report-Only"


def install(gate: Gate) -> None:
    """Send the policy on every answer: enforced, report-only in observe."""
    modes = (gate.mode(CONTROL), gate.mode(TRUSTED_TYPES))
    if modes[0] != "off":
        gate.arrivals.append(DashPages(gate.app))
    if modes != ("off", "off"):
        gate.departures.append(ContentSecurityPolicy(gate, *modes).depart)


class ContentSecurityPolicy:
    """Builds, merges and sends the policy; texts are made once for each kind of answer and view."""

    def __init__(self, gate: Gate, mode: Mode, trusted_types: Mode) -> None:
        self._mode = mode
        self._types = trusted_types if gate.policy.trusted_types != "off" else "off"
        self._types_enforced = gate.policy.trusted_types == "enforce" and trusted_types == "enforce"
        self._texts: dict[Variant, str] = {}
        self._pages = StaticPages(gate.app, gate.policy)
        self._notices = Notices(CONTROL)

    def depart(self, context: SecurityContext, response: Response) -> None:
        """Set the policy headers of one answer."""
        if response.status_code == 304:
            for name in (HEADER, REPORT_ONLY):
                response.headers.pop(name, None)
            return
        kind = kind_of(response)
        if self._mode != "off":
            self._send(context, response, kind)
        if self._types != "off" and kind is Kind.DOCUMENT and not self._types_enforced:
            response.headers.add(REPORT_ONLY, self._trusted_types(context))

    def _send(self, context: SecurityContext, response: Response, kind: Kind) -> None:
        variant = Variant.of(context, kind, static=is_static(context, response))
        own = response.headers.getlist(HEADER)
        page = self._pages.directives_of(context, response) if kind is Kind.DOCUMENT else None
        if own and self._mode == "enforce":
            text = self._merged(context, variant, page, own)
        elif page is not None:
            text = serialise(directives_for(context, variant, self._types_enforced) | page)
        else:
            text = self._text(context, variant)
        if NONCE in text:
            text = text.replace(NONCE, context.nonce)
        if self._mode == "enforce":
            response.headers[HEADER] = text
        elif not _already_sent(response, text):
            response.headers.add(REPORT_ONLY, text)

    def _text(self, context: SecurityContext, variant: Variant) -> str:
        text = self._texts.get(variant)
        if text is None:
            text = self._texts[variant] = serialise(directives_for(context, variant, self._types_enforced))
        return text

    def _merged(self, context: SecurityContext, variant: Variant, page: Directives | None, own: Iterable[str]) -> str:
        ours = directives_for(context, variant, self._types_enforced) | (page or {})
        # With the nonce in place, a second Garrison of one request (a nested app) is seen to say the same.
        ours = {name: tuple(one.replace(NONCE, context.nonce) for one in sources) for name, sources in ours.items()}
        theirs = [parse(single) for header in own for single in header.split(",")]
        merged, differences = strictest(ours, theirs, keep_nonce_of_page=page is None)
        for difference in differences:
            self._notices.difference(context, difference)
        return serialise(merged)

    def _trusted_types(self, context: SecurityContext) -> str:
        variant = Variant.of(context, Kind.DOCUMENT, static=False)
        reporting = {
            name: value
            for name, value in directives_for(context, variant, False).items()
            if name in ("report-uri", "report-to")
        }
        return serialise({"require-trusted-types-for": ("'script'",), **reporting})


def _already_sent(response: Response, text: str) -> bool:
    return text in response.headers.getlist(REPORT_ONLY)
