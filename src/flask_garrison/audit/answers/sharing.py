"""With whom an answer is shared across origins (Fetch Standard, "CORS protocol")."""

from __future__ import annotations

from ...target.answers import Answer

ALLOW_ORIGIN = "Access-Control-Allow-Origin"
ALLOW_CREDENTIALS = "Access-Control-Allow-Credentials"


def asked_from(answer: Answer) -> str:
    """Return the foreign origin that the request came from, ``null`` for one that hides itself, or empty."""
    origin = answer.sent.get("Origin", "").strip()
    return "" if origin.lower() == own_origin(answer) else origin


def own_origin(answer: Answer) -> str:
    """Return the origin of the address that was asked for, without the usual port."""
    scheme, _, rest = answer.url.partition("://")
    host = rest.partition("/")[0].partition("?")[0].lower()
    return f"{scheme}://{host.removesuffix({'https': ':443', 'http': ':80'}.get(scheme, ' '))}"


def allowed(answer: Answer) -> str:
    """Return the origin that the answer is shared with; browsers take exactly one value."""
    return ", ".join(answer.headers.getlist(ALLOW_ORIGIN)).strip()


def with_credentials(answer: Answer) -> bool:
    """Return whether cookies are sent with such a request."""
    return answer.headers.get(ALLOW_CREDENTIALS, "").strip() == "true"


def is_refused_by_browsers(answer: Answer) -> bool:
    """Return whether the headers are such that no browser ever shares the answer."""
    value = allowed(answer)
    if not value:
        return False
    if value == "*":
        return with_credentials(answer)
    return value != "null" and ("," in value or " " in value or "://" not in value or value.count("/") != 2)
