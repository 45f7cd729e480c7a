"""Controls ``monitoring.security-contact`` and where a password is changed: pages at addresses that everybody knows.

``/.well-known/security.txt`` (RFC 9116) tells those who find a flaw whom to tell.
``/.well-known/change-password`` (W3C, A Well-Known URL for Changing Passwords) leads password managers to the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from flask import Response, url_for
from werkzeug.exceptions import NotFound
from werkzeug.routing import BuildError

from ..context import SecurityContext
from ..errors import PolicyError
from ..policy import Policy
from .gate import Gate

if TYPE_CHECKING:
    from datetime import datetime

CONTROL = "monitoring.security-contact"
SECURITY_TXT = "/.well-known/security.txt"
CHANGE_PASSWORD = "/.well-known/change-password"  # noqa: S105 - an address
NO_SUCH_PAGE = "/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200"
_LONGEST_DAYS = 365
_ONCE = ("Expires", "Preferred-Languages")
_FREE_OF_SCHEME = ("Expires", "Preferred-Languages", "Encryption")
Page = Callable[[SecurityContext], Response | None]


def install(gate: Gate) -> None:
    """Answer the addresses that the policy fills, unless the application has a route for exactly that address.

    Raises:
        PolicyError: for an ``Expires`` that is no time, has passed, or is more than a year ahead.
    """
    pages = dict(_pages(gate))
    if pages:
        gate.arrivals.append(lambda context: _arrive(context, pages))


def _pages(gate: Gate) -> Iterator[tuple[str, Page]]:
    if gate.policy.security_contacts and gate.mode(CONTROL) != "off":
        policy = gate.policy
        # Made here, so that what is wrong with it is said at start.
        text = security_txt(policy)
        own = "Expires" in policy.security_txt
        yield SECURITY_TXT, lambda context: Response(text if own else security_txt(policy), mimetype="text/plain")
    endpoint = gate.policy.change_password_endpoint
    if endpoint is not None and gate.policy.mode != "off":
        yield CHANGE_PASSWORD, lambda context: _lead_to(context, endpoint)
        # Password managers ask for it to learn whether this site answers 200 to everything, as a catch-all route does.
        yield NO_SUCH_PAGE, lambda context: gate.app.make_response(NotFound().get_response(context.request.environ))


def _arrive(context: SecurityContext, pages: dict[str, Page]) -> Response | None:
    request = context.request
    page = pages.get(request.path)
    if page is None or request.method not in ("GET", "HEAD") or context.route == request.path:
        return None
    return page(context)


def _lead_to(context: SecurityContext, endpoint: str) -> Response | None:
    try:
        target = url_for(endpoint)
    except BuildError:
        # The check of endpoints at the first request says so; here the page does not exist.
        return None
    return Response(status=302, headers={"Location": target})


def security_txt(policy: Policy, now: datetime | None = None) -> str:
    """Return the text of security.txt (RFC 9116), one field a line.

    Args:
        policy: Its ``security_contacts`` and ``security_txt``.
        now: The time from which ``Expires`` is judged and, if not given, counted; the default is now, in UTC.

    Raises:
        PolicyError: for an ``Expires`` that is no time, has passed, or is more than a year ahead; for a field given
            more often than RFC 9116 allows; for an address without https.
    """
    fields = {name: list(values) for name, values in policy.security_txt.items()}
    if "Preferred-Languages" in fields:
        fields["Preferred-Languages"] = [", ".join(fields["Preferred-Languages"])]
    for name, values in fields.items():
        _check_field(name, values)
    expires = _expires(fields.pop("Expires", []), now)
    lines = [("Contact", contact) for contact in policy.security_contacts]
    lines += [("Expires", expires), *((name, value) for name, values in fields.items() for value in values)]
    return "".join(f"{name}: {value}\n" for name, value in lines)


def _check_field(name: str, values: list[str]) -> None:
    key = f"security_txt[{name!r}]"
    if name in _ONCE and len(values) != 1:
        raise PolicyError(key, "RFC 9116 allows it once.")
    for value in values:
        if name not in _FREE_OF_SCHEME and not value.startswith("https://"):
            raise PolicyError(key, f"{value!r} does not begin with https://.")


def _expires(given: list[str], now: datetime | None) -> str:
    from datetime import timedelta

    now = now or _now()
    if not given:
        midnight = (now + timedelta(days=_LONGEST_DAYS - 1)).replace(hour=0, minute=0, second=0, microsecond=0)
        return f"{midnight:%Y-%m-%dT%H:%M:%SZ}"
    moment = _moment(given[0])
    if moment <= now:
        raise PolicyError("security_txt['Expires']", f"{given[0]!r} has passed; readers would ignore the file.")
    if moment > now + timedelta(days=_LONGEST_DAYS + 1):
        raise PolicyError("security_txt['Expires']", f"{given[0]!r} is more than a year ahead (RFC 9116, 2.5.5).")
    return given[0]


def _now() -> datetime:
    from datetime import UTC, datetime

    return datetime.now(UTC)


def _moment(text: str) -> datetime:
    from datetime import datetime

    try:
        moment = datetime.fromisoformat(text)
        if "T" not in text.upper() or moment.tzinfo is None:
            raise ValueError("it has no time or no zone")
    except ValueError as error:
        problem = f"{text!r} is not a time such as '2030-01-31T00:00:00Z' (RFC 3339): {error}."
        raise PolicyError("security_txt['Expires']", problem) from error
    return moment
