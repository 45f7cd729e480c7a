"""Signs that a client speaks HTTPS although its request arrives in the clear: a proxy is not believed, or is silent."""

from __future__ import annotations

from typing import NamedTuple

from ..context import SecurityContext
from ..policy.network_checks import MAX_PROXIES
from .addresses import host_name, is_loopback_host
from .forwarded import entries_of, hops_of

_NGINX = "nginx: proxy_set_header X-Forwarded-Proto $scheme;"
_APP_KEY = "werkzeug.proxy_fix.orig"
_FETCH_KEYS = ("HTTP_SEC_FETCH_SITE", "HTTP_SEC_FETCH_MODE", "HTTP_SEC_FETCH_DEST")


class Sign(NamedTuple):
    """Why the client seems to speak HTTPS, and what the operator can do; words of Garrison's own."""

    reason: str
    advice: str


def sign_of_https(context: SecurityContext) -> Sign | None:
    """Return the sign in a request over plain HTTP, or ``None`` where its client seems to speak HTTP too."""
    environ = context.request.environ
    if "https" in environ.get("HTTP_FORWARDED", "").lower() and _forwarded_says_https(environ["HTTP_FORWARDED"]):
        return Sign("A Forwarded header that is not believed says https.", _advice(context, "Forwarded"))
    if "https" in environ.get("HTTP_X_FORWARDED_PROTO", "").lower():
        return Sign("An X-Forwarded-Proto that is not believed says https.", _advice(context, "X-Forwarded-Proto"))
    if _is_of_a_secure_page(context):
        # Browsers send Sec-Fetch headers to trustworthy origins only: HTTPS, or this machine.
        return Sign("A browser sends this over HTTPS, and no header says so.", _silent(context))
    return None


def _forwarded_says_https(header: str) -> bool:
    return any((hop.scheme or "").lower() == "https" for hop in hops_of(header))


def _is_of_a_secure_page(context: SecurityContext) -> bool:
    environ = context.request.environ
    host = environ.get("HTTP_HOST", "")
    if is_loopback_host(host):
        return False
    if any([key in environ for key in _FETCH_KEYS]):
        return True
    origin: str = environ.get("HTTP_ORIGIN", "")
    return origin.startswith("https://") and host_name(origin[8:]) == host_name(host)


def _advice(context: SecurityContext, header: str) -> str:
    """Return the line that makes this header count; what is declared already is taken for right and named."""
    policy = context.policy
    named = "" if header in policy.proxy_headers else f", {_headers_line(header)}"
    if _APP_KEY in context.request.environ and not policy.proxies:
        return "The app's ProxyFix does not take the scheme: ProxyFix(app.wsgi_app, x_for=1, x_proto=1)."
    if isinstance(policy.proxies, tuple):
        networks = ", ".join(f'"{network}"' for network in policy.proxies)
        return f"If the peer is a proxy of yours, add its network: proxies=[{networks}, <its network>]{named}."
    # Clients may make the list up: no number that the policy would not accept, and few different lines in the log.
    number = max(policy.proxies or 0, min(_values(context, header), MAX_PROXIES))
    if number != policy.proxies or named:
        return f"If that many proxies stand in front, write proxies={number}{named}."
    return f"proxies={number} is declared and the outermost proxy says http: it must set the header. {_NGINX}"


def _headers_line(header: str) -> str:
    if header == "Forwarded":
        return 'proxy_headers=["Forwarded"]'
    return 'proxy_headers=["X-Forwarded-For", "X-Forwarded-Proto"]'


def _values(context: SecurityContext, header: str) -> int:
    environ = context.request.environ
    if header == "Forwarded":
        return len(list(hops_of(environ["HTTP_FORWARDED"])))
    entries = entries_of(environ["HTTP_X_FORWARDED_PROTO"])
    # Left of the outermost proxy's https may stand what a client made up.
    return min(len(entries), 1 + [entry.lower() for entry in entries].index("https")) if "https" in entries else 1


def _silent(context: SecurityContext) -> str:
    line = "" if context.policy.proxies else ", and the policy must declare it: proxies=1"
    return f"The proxy in front must say it ({_NGINX}){line}."
