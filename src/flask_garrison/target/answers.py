"""What an application answered, as anybody who sent the request would have seen it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import Headers

PROVOKED_SECRET = "provoked-3f9c1e7a5d20"  # noqa: S105 - nobody's
PROVOKED_PATH = "/srv/provoked/settings.ini"
"""Both stand in the exception that ``garrison check`` raises in place of a view; an error page must show neither."""

STAND_IN = b"<p>In place of a view.</p>"
"""Stands in the page that ``garrison check`` answers in place of a view."""

SHOWN = 50
"""Headers of an answer that stand in evidence."""
LONGEST = 2_000
"""Characters of one of them."""
_NAMES = (
    r"pass(?:wd|word|phrase|code)?|pwd?|secret|token|api[_-]?key|auth|code|session(?:_?id)?|sid|csrf|jwt|ticket|otp|key"
    r"|sig(?:nature)?|credential"
)
_SECRET_HEADER = re.compile(
    r"(?i)token|secret|passw|api-?key|csrf|xsrf|jwt|session|(?<!set-)cookie|cookie2|^authorization$|-auth$|-signature$"
)
_SECRET_PARAMETER = re.compile(
    rf"(?i)(?P<before>[?&;#](?:amp;)?(?:[\w.\[-]{{0,40}}[_.\[-])?(?:{_NAMES})]?=|\b[a-z]{{1,20}}token=)[^&;#\s'\"<>]+"
)
_USERINFO = re.compile(r"//[^/\s@'\"]+@")
_JWT = re.compile(r"\beyJ[\w-]{6,}\.[\w-]+\.[\w-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One request and its answer.

    Attributes:
        case: What the request was for: ``view``, ``static``, ``streamed``, ``redirect``, ``not-modified``,
            ``not-found``, ``method``, ``too-large``, ``media-type``, ``too-many``, ``error``, ``head``, ``options``,
            ``cors``, ``preflight``, ``host``, ``plain-http``; ``stand-in`` where a harmless page answered in place of
            a view that must not be called.
        method: As it was sent.
        url: Whole address, such as ``https://shop.example/cart?x=1``.
        route: The rule as in ``url_map``, or ``None`` where none matched.
        endpoint: Its endpoint, or ``None``.
        user: Name of the user who was logged in; empty for nobody.
        sent: Headers of the request.
        status: Status code.
        headers: Headers of the answer, in order, several of one name kept.
        body: Its first bytes; ``size`` says how many there were.
        twin: Number of the answer to the same request sent again, in the list that this one stands in, or ``None``.
        raised: Type and words of the exception that the application did not handle, or empty.
    """

    case: str
    method: str
    url: str
    status: int
    route: str | None = None
    endpoint: str | None = None
    user: str = ""
    sent: Headers = field(default_factory=Headers)
    headers: Headers = field(default_factory=Headers)
    body: bytes = b""
    size: int = 0
    twin: int | None = None
    raised: str = ""

    @property
    def is_secure(self) -> bool:
        """Whether it came over HTTPS."""
        return self.url.startswith("https://")

    @property
    def content_type(self) -> str:
        """Media type without parameters, in lower case."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @property
    def is_page(self) -> bool:
        """Whether a browser shows it as a document whose scripts run."""
        return self.content_type in ("text/html", "application/xhtml+xml")

    @property
    def shown(self) -> str:
        """The request in one line, for people: ``GET /cart -> 200``."""
        path = "/" + _without_secrets(self.url).partition("://")[2].partition("/")[2]
        who = f" as {self.user}" if self.user else ""
        return f"{self.method} {path}{who} -> {self.status}"

    def as_dict(self) -> dict[str, Any]:
        """Return the answer as evidence: no body, and no value of a cookie or a credential."""
        return {
            "case": self.case,
            "method": self.method,
            "url": _without_secrets(self.url),
            "route": self.route,
            "user": self.user,
            "status": self.status,
            "headers": self._shown_headers(),
        }

    def _shown_headers(self) -> list[list[str]]:
        """Return the headers as evidence: each bounded, and so many that thousands do not fill a report."""
        listed = list(self.headers)
        shown = [[_cut(name), _cut(_masked(name, value[: 2 * LONGEST]))] for name, value in listed[:SHOWN]]
        return [*shown, ["...", f"and {len(listed) - SHOWN} more headers"]] if len(listed) > SHOWN else shown


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


def _masked(name: str, value: str) -> str:
    if _SECRET_HEADER.search(name):
        return "..."
    if name.lower() != "set-cookie":
        return _without_secrets(value)
    cookie, semicolon, attributes = value.partition(";")
    # The day on which it ends is another in every run.
    attributes = re.sub(r"(?i)(expires=)[^;]*", r"\1...", attributes)
    return f"{cookie.partition('=')[0]}=...{semicolon}{attributes}"


def _without_secrets(text: str) -> str:
    """Return text without user and password of an address, tokens, and parameters whose names are those of secrets."""
    text = _USERINFO.sub("//...@", _JWT.sub("...", text))
    return _SECRET_PARAMETER.sub(lambda found: f"{found['before']}...", text)
