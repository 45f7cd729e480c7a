"""What an answer says of an attempt to log in."""

from __future__ import annotations

import re
from enum import Enum
from urllib.parse import urlsplit

from flask import Response

from ...context import Principal, SecurityContext

_FAILURES = frozenset({400, 401, 403, 404, 409, 410, 422})
_PAGES = ("text/html", "application/xhtml+xml")
_LOGIN_PAGE = re.compile(r"(log|sign)[-_]?(in|on)|auth|authenticate|session/new", re.IGNORECASE)


class Outcome(Enum):
    """How an attempt ended."""

    SUCCESS = "success"
    FAILURE = "failure"
    UNKNOWN = "unknown"
    """Nothing was checked: the server failed, or Garrison refused."""


def outcome_of(
    context: SecurityContext, response: Response, before: Principal | None, *, link: bool = False
) -> Outcome:
    """Judge an answer.

    Args:
        before: Who sent the request, as known when it came in.
        link: A link was followed: to be shown a page, or sent to another login, is no failure.
    """
    status = response.status_code
    if status >= 500 or context.refused:
        return Outcome.UNKNOWN
    now = context.principal_now()
    if now is not None and now != before:
        return Outcome.SUCCESS
    if status in _FAILURES:
        return Outcome.FAILURE
    if link:
        return Outcome.UNKNOWN
    if status in (301, 302, 303, 307, 308):
        return Outcome.FAILURE if _asks_again(context, response) else Outcome.SUCCESS
    if 200 <= status < 300:
        return Outcome.FAILURE if status == 200 and response.mimetype in _PAGES else Outcome.SUCCESS
    return Outcome.UNKNOWN


def _asks_again(context: SecurityContext, response: Response) -> bool:
    """Return whether a redirect leads back to a login page: this one, or another that is called so."""
    request = context.request
    path = urlsplit(response.headers.get("Location", "")).path
    if path in ("", request.path, request.root_path + request.path):
        return True
    last = path.rstrip("/").rpartition("/")[2]
    return bool(_LOGIN_PAGE.fullmatch(last)) or path.rstrip("/").endswith("session/new")
