"""From a violation to the exact line that would allow it, or to the edit that makes the line unnecessary."""

from __future__ import annotations

from collections.abc import Callable

from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from ...context import SecurityContext
from ...events import Words
from ..csp.directives import FETCH_FALLBACKS
from ..origins import canonical, own_origin
from .parsing import Report

_Proposal = Callable[[Report, str], str]


def propose(context: SecurityContext, report: Report) -> dict[str, object]:
    """Return ``{"endpoint": ..., "advice": ...}`` for a violation on a page of this app; else an empty mapping."""
    endpoint = _endpoint_of(context, report)
    if endpoint is None:
        return {}
    own = own_origin(context.request)
    blocked = "own file" if own is not None and canonical(report.blocked) == own else report.blocked
    proposal = _PROPOSALS.get((report.directive, blocked)) or _PROPOSALS.get((report.directive, "*"))
    advice = proposal(report, endpoint) if proposal else _by_source(report)
    return {"endpoint": endpoint, "advice": Words(advice)} if advice else {"endpoint": endpoint}


def _endpoint_of(context: SecurityContext, report: Report) -> str | None:
    """Return the endpoint of the page that a report is about, if it is one of this app's."""
    root = context.request.script_root
    own = own_origin(context.request)
    if own is None or canonical(report.page_origin) != own or not report.page.startswith(root or "/"):
        return None
    adapter = context.app.url_map.bind(context.request.host)
    try:
        endpoint, _ = adapter.match(report.page[len(root) :] or "/", method="GET")
    except (HTTPException, RequestRedirect, ValueError):
        # The path is a client's: what cannot be encoded in a URL is no page either.
        return None
    return str(endpoint)


def _line(setting: str) -> _Proposal:
    return lambda report, endpoint: f'{setting}=["{endpoint}"]'


def _handlers(report: Report, endpoint: str) -> str:
    return (
        "Move the handler into a script of the template (element.addEventListener), or allow it on this page: "
        f'allow_insecure_inline_handlers=["{endpoint}"]'
    )


def _inline(report: Report, endpoint: str) -> str:
    return (
        "A script that no template's source contains: if it is the app's own, put nonce=\"{{ csp_nonce() }}\" on it or "
        f'move it into a file; if it cannot be changed: allow_insecure_inline_scripts=["{endpoint}"]'
    )


def _wasm(report: Report, endpoint: str) -> str:
    # The nonce is added to script sources that a view states.
    sources = "\"'strict-dynamic'\", \"'report-sample'\", \"'wasm-unsafe-eval'\""
    return f'@view_policy(csp={{"script-src": [{sources}]}}) on {endpoint}'


def _own_file(report: Report, endpoint: str) -> str:
    return (
        "A script tag that no template's source contains: if it is the app's own, put nonce=\"{{ csp_nonce() }}\" on "
        "it; if it cannot be changed and users cannot upload files to this site: "
        f"""@view_policy(csp={{"script-src": ["'self'", "'report-sample'"]}}) on {endpoint}"""
    )


def _form(report: Report, endpoint: str) -> str:
    return _origin_line("form_targets", report)


def _frame(report: Report, endpoint: str) -> str:
    # The report names the framed page only; which site shows it is kept from it.
    return (
        "Another site shows this page in a frame; browsers do not tell which. If it is one of yours: "
        f"""@view_policy(frame_ancestors=["'self'", "https://its-origin"]) on {endpoint}"""
    )


def _base(report: Report, endpoint: str) -> str:
    return f"""@view_policy(csp={{"base-uri": ["'self'"]}}) on {endpoint}"""


def _origin_line(setting: str, report: Report) -> str:
    origin = canonical(report.blocked)
    return f'{setting}=["{origin}"]' if origin else ""


def _by_source(report: Report) -> str:
    """Propose a source for a directive that lists origins, such as ``img-src`` under ``strict()``."""
    origin = canonical(report.blocked)
    source = origin or (f"{report.blocked}:" if report.blocked in ("data", "blob") else "")
    if not source or report.directive not in FETCH_FALLBACKS or report.directive.startswith("script"):
        return ""
    return f'csp={{"{report.directive}": ["\'self\'", "{source}"]}}'


_PROPOSALS: dict[tuple[str, str], _Proposal] = {
    ("script-src-attr", "*"): _handlers,
    ("script-src-elem", "inline"): _inline,
    ("script-src-elem", "own file"): _own_file,
    ("script-src", "inline"): _inline,
    ("script-src", "eval"): _line("allow_insecure_eval"),
    ("script-src", "wasm-eval"): _wasm,
    ("style-src-attr", "*"): _line("allow_insecure_style_attributes"),
    ("form-action", "*"): _form,
    ("frame-ancestors", "*"): _frame,
    ("base-uri", "own file"): _base,
}
