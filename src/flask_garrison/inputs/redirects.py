"""Control ``access.redirects``: send visitors to the app's own pages and to declared addresses only (CWE-601)."""

from __future__ import annotations

from collections.abc import Iterable

from flask import redirect, request
from werkzeug.wrappers import Response

from ..context import SecurityContext, current
from ..errors import PolicyError
from ..events import Words, name_with, record
from ..guard.origins import own_origin
from .urls import Address, address_of, is_local

CONTROL = "access.redirects"
_CODES = (301, 302, 303, 307, 308)


def safe_redirect(target: str | None, *, fallback: str, code: int = 303, allow: Iterable[str] = ()) -> Response:
    """Redirect to ``target``, which a client chose, if it leads to this site or a declared one; else to ``fallback``.

    Args:
        target: Usually ``request.args.get("next")``; nothing leads to the fallback without an event.
        fallback: Where to go otherwise; it is the developer's and not checked.
        code: 301, 302, 303, 307 or 308; 303 makes the next request a GET.
        allow: Other origins, such as ``https://shop.example``. The hosts of the policy count as the app's own.

    Raises:
        PolicyError: for a code that does not redirect, or an ``allow`` that is no origin.
    """
    if code not in _CODES:
        raise PolicyError("code", f"{code!r} does not redirect.")
    origins = {_origin(one) for one in allow}
    if target and _is_own(target, origins):
        return redirect(target, code)
    if target:
        _record(target, code)
    return redirect(fallback, code)


def _origin(text: str) -> str:
    address = address_of(text)
    if address is None or text.lower() not in (address.origin, f"{address.scheme}://{address.host}:{address.port}"):
        raise PolicyError("allow", f"{text!r} is not an origin such as 'https://shop.example'.")
    return address.origin


def _is_own(target: str, origins: set[str]) -> bool:
    if is_local(target):
        return True
    address = address_of(target)
    if address is None:
        return False
    return address.origin in origins or address.origin == own_origin(request) or _is_declared(address, current())


def _is_declared(address: Address, context: SecurityContext | None) -> bool:
    """Return whether the policy names the host; a page that came by HTTPS is not left for plain HTTP."""
    if context is None or (address.scheme == "http" and context.request.is_secure):
        return False
    authority = address.origin.partition("//")[2]
    return any(_names(declared.lower(), authority) for declared in context.policy.hosts)


def _names(declared: str, authority: str) -> bool:
    return authority == declared.lstrip(".") or (declared.startswith(".") and authority.endswith(declared))


def _record(target: str, code: int) -> None:
    context = current()
    if context is not None:
        event = name_with("input_validation_fail", "redirect")
        line = Words("safe_redirect(..., allow=['https://...']) if this site is meant")
        detail = {"target": target, "line": line}
        record(context, event, control=CONTROL, outcome="refused", status=code, appsensor="IE2", detail=detail)
