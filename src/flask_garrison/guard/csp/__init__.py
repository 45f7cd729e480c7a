"""Controls ``headers.csp`` and ``headers.trusted-types``: the Content-Security-Policy of every answer.

A fresh nonce and ``strict-dynamic`` decide which scripts run (CSP Level 3). A 304 carries no policy: a browser would
merge it into the cached page, whose nonce is an older one.
"""

from __future__ import annotations

from collections.abc import Iterable

from flask import Response

from ...context import SecurityContext
from ...policy import Mode
from ..answer import Kind
from ..gate import Gate
from ..notices import Notices
from ..outgoing import add, checked
from .build import NONCE, PerVariant, Variant, directives_for, reporting
from .dash import DashPages
from .directives import Directives, parse, serialise
from .static_pages import StaticPages

CONTROL = "headers.csp"
TRUSTED_TYPES = "headers.trusted-types"
HEADER = "Content-Security-Policy"
_HEADER_KEY = HEADER.lower()
REPORT_ONLY = "Content-Security-Policy-Report-Only"


def install(gate: Gate) -> None:
    """Send the policy on every answer: enforced, report-only in observe."""
    modes = (gate.mode(CONTROL), gate.mode(TRUSTED_TYPES))
    if modes[0] != "off":
        gate.arrivals.append(DashPages(gate.app))
    if modes != ("off", "off"):
        csp = ContentSecurityPolicy(gate, *modes)
        gate.arrivals.append(csp.pages.watch)
        gate.renderings.append(csp.pages.remember)
        gate.departures.append(csp.depart)


class ContentSecurityPolicy:
    """Builds, merges and sends the policy; texts are made once for each kind of answer and view."""

    def __init__(self, gate: Gate, mode: Mode, trusted_types: Mode) -> None:
        self._mode = mode
        self._types = trusted_types if gate.policy.trusted_types != "off" else "off"
        self._types_enforced = gate.policy.trusted_types == "enforce" and trusted_types == "enforce"
        self._texts: PerVariant[str] = PerVariant()
        self._types_texts: PerVariant[str] = PerVariant()
        self.pages = StaticPages(gate.app, gate.policy)
        self._notices = Notices(CONTROL)

    def depart(self, context: SecurityContext, response: Response) -> None:
        """Set the policy headers of one answer."""
        if response.status_code == 304:
            for name in (HEADER, REPORT_ONLY):
                response.headers.pop(name, None)
            return
        variant = Variant.of(context, response)
        if self._mode != "off":
            self._send(context, response, variant)
        if self._types != "off" and variant.kind is Kind.DOCUMENT and not self._types_enforced:
            response.headers.add(REPORT_ONLY, self._trusted_types(context, variant))

    def _send(self, context: SecurityContext, response: Response, variant: Variant) -> None:
        own = response.headers.getlist(HEADER) if _HEADER_KEY in context.own_headers else []
        page = self._page(context, response, variant)
        if own and self._mode == "enforce":
            text = self._merged(context, variant, page, own)
        elif page is not None:
            ((_, text),) = checked([(HEADER, serialise(page))])
        else:
            text = self._text(context, variant)
        if NONCE in text:
            text = text.replace(NONCE, context.nonce)
        if self._mode == "enforce":
            if own:
                response.headers.remove(HEADER)
                response.headers.add(HEADER, text)
            else:
                add(response.headers, [(HEADER, text)])
        elif not _already_sent(response, text):
            response.headers.add(REPORT_ONLY, text)

    def _page(self, context: SecurityContext, response: Response, variant: Variant) -> Directives | None:
        """Return the directives of a developers' file, which differ from those of any other page."""
        page = self.pages.page_of(context, response) if variant.kind is Kind.DOCUMENT else None
        if page is None:
            return None
        return self.pages.adapted(page, directives_for(context, variant, self._types_enforced))

    def _text(self, context: SecurityContext, variant: Variant) -> str:
        text = self._texts.get(variant)
        if text is None:
            text = serialise(directives_for(context, variant, self._types_enforced))
            checked([(HEADER, text)])
            self._texts[variant] = text
        return text

    def _merged(self, context: SecurityContext, variant: Variant, page: Directives | None, own: Iterable[str]) -> str:
        ours = page or directives_for(context, variant, self._types_enforced)
        # With the nonce in place, a second Garrison of one request (a nested app) is seen to say the same.
        ours = {name: tuple(one.replace(NONCE, context.nonce) for one in sources) for name, sources in ours.items()}
        theirs = [parse(single) for header in own for single in header.split(",")]
        from .merge import strictest

        merged, differences = strictest(ours, theirs, keep_nonce_of_page=page is None)
        for difference in differences:
            self._notices.difference(context, difference)
        return serialise(merged)

    def _trusted_types(self, context: SecurityContext, variant: Variant) -> str:
        text = self._types_texts.get(variant)
        if text is None:
            text = self._types_texts[variant] = self._make_types(context)
        return text

    def _make_types(self, context: SecurityContext) -> str:
        return serialise({"require-trusted-types-for": ("'script'",), **reporting(context, types=True)})


def _already_sent(response: Response, text: str) -> bool:
    return text in response.headers.getlist(REPORT_ONLY)
