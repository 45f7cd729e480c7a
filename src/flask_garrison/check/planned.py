"""One request before it is sent, with the headers that a browser would send."""

from __future__ import annotations

from dataclasses import dataclass

from .route import Route

ATTACKER = "https://attacker.example"
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
_PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
HeaderList = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One request.

    Attributes:
        case: As in :class:`~flask_garrison.target.answers.Answer`.
        url: Whole address.
        route: The one that it is for, or ``None``.
        headers: Sent with it.
        body: Sent with it.
        length: The ``Content-Length`` that is stated, where it is not the body's own.
        host: The ``Host`` that is stated, where it is not the address's own.
        stand_in: What answers in place of the view, a name of :data:`.stand_ins.BEHAVIOURS`; empty for the view itself.
    """

    case: str
    method: str
    url: str
    route: Route | None = None
    headers: HeaderList = ()
    body: bytes = b""
    length: int | None = None
    host: str | None = None
    stand_in: str = ""


def navigation(*, secure: bool = True) -> HeaderList:
    """Return the headers of a visitor who opens a page; browsers send Fetch Metadata over HTTPS only."""
    fetch = _fetch("none", "navigate", "document") if secure else ()
    return (*_common(_PAGE), *fetch)


def submission(origin: str, *, accept: str = _PAGE) -> HeaderList:
    """Return the headers of a form that was sent from a page of ``origin`` itself."""
    return (*_common(accept), ("Origin", origin), *_fetch("same-origin", "navigate", "document"))


def program(accept: str = "application/json") -> HeaderList:
    """Return the headers of a script on a page of the application's own."""
    return (*_common(accept), *_fetch("same-origin", "cors", "empty"))


def cross_origin(origin: str, *, method: str | None = None) -> HeaderList:
    """Return the headers of a script on a foreign page; with ``method`` those of the preflight for it."""
    asked = (
        (("Access-Control-Request-Method", method), ("Access-Control-Request-Headers", "content-type"))
        if method is not None
        else ()
    )
    return (*_common("*/*"), ("Origin", origin), *asked, *_fetch("cross-site", "cors", "empty"))


def _common(accept: str) -> HeaderList:
    return (("User-Agent", AGENT), ("Accept", accept), ("Accept-Language", "en-GB,en;q=0.8"))


def _fetch(site: str, mode: str, dest: str) -> HeaderList:
    return (("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", mode), ("Sec-Fetch-Dest", dest))
