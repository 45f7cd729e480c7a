"""The page that is sent in place of one that shows too much: HTML for people, problem details for programs."""

from __future__ import annotations

import json
from collections.abc import Collection
from http import HTTPStatus

from flask import Response

from ...context import SecurityContext
from ..answer import Kind, copy_of, kind_of

_OF_THE_OLD_BODY = (
    "Content-Disposition",
    "Content-Encoding",
    "Content-Language",
    "Content-Location",
    "Content-Range",
    "Content-Digest",
    "Repr-Digest",
    "ETag",
    "Last-Modified",
)
_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>{status} {title}</title>
<h1>{title}</h1>
<p>This page cannot be shown. Whoever runs the site finds the reason under the number <code>{request_id}</code>.</p>
"""


def plain_answer(context: SecurityContext, response: Response) -> Response:
    """Return an answer with the status and the headers of ``response`` and with nothing of its body.

    Programs get ``application/problem+json`` (RFC 9457), with the request's id as an extension member.
    """
    fresh = copy_of(response)
    status = response.status_code
    fresh.status_code = status
    for name in _OF_THE_OLD_BODY:
        fresh.headers.remove(name)
    title, number = _title(status), context.request_id
    if _is_for_a_program(context, response):
        problem = {"type": "about:blank", "title": title, "status": status, "request_id": number}
        fresh.headers["Content-Type"] = "application/problem+json"
        fresh.set_data(json.dumps(problem) + "\n")
    else:
        fresh.headers["Content-Type"] = "text/html; charset=utf-8"
        fresh.set_data(_PAGE.format(status=status, title=title, request_id=number))
    return fresh


def without_headers(response: Response, names: Collection[str]) -> Response:
    """Return ``response`` without the headers of those names; a copy if there are any."""
    if not names:
        return response
    fresh = copy_of(response)
    for name in names:
        fresh.headers.remove(name)
    return fresh


def _title(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


def _is_for_a_program(context: SecurityContext, response: Response) -> bool:
    if kind_of(response) is Kind.JSON:
        return True
    accepted = context.request.accept_mimetypes
    best = accepted.best_match(("text/html", "application/json", "application/problem+json"), default="text/html")
    return best != "text/html"
