"""What an application makes of a ``Host`` that is not its own."""

from __future__ import annotations

import html
import re

from ...target.answers import Answer

_NAME = re.compile(r"[\w.-]+(?::\d+)?")
_PARAMETER = re.compile(r"[?&](?:amp;)?[\w.%\[\]-]{1,64}=\Z")
_ROUTING = 308
"""Status of a redirect of Werkzeug's routing, which views seldom use."""
_BEFORE = 72
"""Characters before an address in which the parameter stands whose value it is."""


def forged_host(answer: Answer) -> str:
    """Return the foreign name that the request stated, in lower case, or empty."""
    return answer.sent.get("Host", "").strip().lower() if answer.case == "host" else ""


def is_name(answer: Answer) -> bool:
    """Return whether the forged host is a name that could be somebody's, and no malformed text."""
    return _NAME.fullmatch(forged_host(answer)) is not None


def followed(answer: Answer) -> bool:
    """Return whether the answer sends its reader to the forged host: by its ``Location`` or an address in its body.

    Redirects of the routing itself are none of the application's: each has the address that was asked for in it, with
    a slash more or a default less.
    """
    name = forged_host(answer)
    return bool(name) and answer.status != _ROUTING and (_in_location(answer, name) or _in_body(answer, name))


def _in_location(answer: Answer, name: str) -> bool:
    target = answer.headers.get("Location", "").lower()
    return re.match(rf"(?:https?:)?//{re.escape(name)}(?:[/:?#]|\Z)", target) is not None


def _in_body(answer: Answer, name: str) -> bool:
    body = answer.body.decode("utf-8", "replace").lower()
    wanted = re.compile(rf"https?:(?:\\?/){{2}}{re.escape(name)}(?![\w.-])")
    return any(_leads(form, found) for form in (body, html.unescape(body)) for found in wanted.finditer(form))


def _leads(text: str, found: re.Match[str]) -> bool:
    """Return whether an address stands by itself; nothing leads to a parameter of another, such as ``?next=``."""
    return _PARAMETER.search(text[max(0, found.start() - _BEFORE) : found.start()]) is None
