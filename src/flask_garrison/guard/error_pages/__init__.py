"""Control ``assessment.error-pages``: error answers show nothing of the inside (ASVS V16.5.1, CWE-209).

An application's own error page stays as it is unless it shows a traceback, a path of the source, a secret of the
configuration or, from 500 on, the message of an exception that Python or a library raised. Then a plain page with the
same status is sent in its place. ``docs/decisions/0014-error-pages-are-judged-by-what-they-show.md`` says why.
"""

from __future__ import annotations

from flask import Response

from ...context import SecurityContext
from ...events import name_with, record
from ...policy import Mode
from ..debug import is_from_elsewhere
from ..gate import Gate
from ..origins import is_test_client
from .clues import clues_of
from .findings import Finder, Found
from .plain import plain_answer, without_headers

CONTROL = "assessment.error-pages"
_CLUES_KEY = "flask_garrison.exception_clues"
_SEEN_KEY = "flask_garrison.error_page_was_read"
_TOLD_KEY = "flask_garrison.error_page_was_told"


def install(gate: Gate) -> None:
    """Remember what exceptions say, and read error answers before and after the app's ``after_request`` functions."""
    mode = gate.mode(CONTROL)
    if mode == "off":
        return
    finder = Finder(gate.app)
    gate.exception_watches.append(_remember)
    gate.renderings.append(lambda context, response: _render(context, response, mode, finder))


def _remember(context: SecurityContext, error: BaseException) -> None:
    # Text only: an exception that is kept would keep its frames, and everything in them, alive.
    environ = context.request.environ
    environ[_CLUES_KEY] = environ.get(_CLUES_KEY, frozenset()) | clues_of(context.app, error)


def _render(context: SecurityContext, response: Response, mode: Mode, finder: Finder) -> Response:
    if response.status_code < 400:
        return response
    return _judge(context, response, mode, finder)


def _judge(context: SecurityContext, response: Response, mode: Mode, finder: Finder) -> Response:
    environ = context.request.environ
    if context.app.debug and not is_from_elsewhere(context):
        return response
    found = finder.look(context, response, environ.get(_CLUES_KEY, frozenset()), read=_SEEN_KEY in environ)
    environ[_SEEN_KEY] = True
    if not found:
        return response
    # A test of the app's own may look at what its page says; nobody else has that client.
    observed = mode == "observe" or is_test_client(context)
    if not (observed and _TOLD_KEY in environ):
        _tell(context, response, found, observed=observed)
    environ[_TOLD_KEY] = True
    if observed:
        return response
    if found.headers and not found.body:
        return without_headers(response, found.headers)
    return plain_answer(context, without_headers(response, found.headers))


def _tell(context: SecurityContext, response: Response, found: Found, *, observed: bool) -> None:
    """Record what kinds of things the answer shows and which settings' values, never what they are."""
    detail: dict[str, object] = {"endpoint": context.endpoint, "found": sorted(found.kinds)}
    if found.settings:
        detail["settings"] = sorted(found.settings)
    record(
        context,
        name_with("sensitive_read", "", "error-page"),
        control=CONTROL,
        outcome="would_refuse" if observed else "refused",
        status=response.status_code,
        detail=detail,
    )
