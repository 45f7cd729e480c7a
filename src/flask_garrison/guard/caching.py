"""Control ``headers.caching``: what was made for one visitor is stored by no cache (ASVS V14.3.2)."""

from __future__ import annotations

from flask import Response

from ..context import SecurityContext, peek_session
from ..policy import Mode
from .answer import is_static
from .gate import Gate
from .notices import Notices
from .outgoing import add

CONTROL = "headers.caching"


def install(gate: Gate) -> None:
    """Send ``no-store`` with answers that read an authenticated session and say nothing on caching themselves."""
    mode = gate.mode(CONTROL)
    if mode == "off":
        return
    notices = Notices(CONTROL)
    gate.departures.append(lambda context, response: _depart(context, response, mode, notices))


def _depart(context: SecurityContext, response: Response, mode: Mode, notices: Notices) -> None:
    if "cache-control" in context.own_headers or not _is_private(context) or is_static(context, response):
        return
    if response.status_code == 304:
        return
    if mode == "enforce":
        add(response.headers, [("Cache-Control", "no-store")])
    else:
        notices.difference(context, "Cache-Control: nothing would become no-store", observed=True)


def _is_private(context: SecurityContext) -> bool:
    if context.token_issued:
        # The page carries a token of this visitor's session.
        return True
    return bool(getattr(peek_session(), "accessed", False)) and context.principal is not None
