"""Control ``transport.https-only`` and ``transport.hsts``: reads are redirected to HTTPS, the rest is refused.

A redirect where TLS ends at a proxy that the app does not believe would come back for ever. Where a request shows that
its client speaks HTTPS already, the answer is 503 and the log says what to declare.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from urllib.parse import quote

from flask import Response

from ..context import SecurityContext
from ..errors import RefusedForbidden, RefusedMalformed, RefusedUnavailable
from ..events import Words, name_with, record
from ..policy import Mode
from .addresses import host_name, is_ip_host, is_loopback_host, is_loopback_peer
from .gate import Gate, refuse
from .hosts import LONGEST, is_well_formed, stated_host
from .https_signs import Sign, sign_of_https
from .notices import Notices
from .origins import is_sent_by_test_client
from .outgoing import Pairs, add, checked

CONTROLS = ("transport.https-only", "transport.hsts")
HTTPS_ONLY, HSTS = CONTROLS
YEAR = 31_536_000
"""Seconds of HSTS from which HTTPS counts as confirmed, and redirects as permanent."""
_HSTS = "Strict-Transport-Security"
WORDS = "This request was refused because it was sent in the clear. Use https:// instead."
WORDS_NOT_SET_UP = "This service is not set up to answer safely: it cannot tell that you use HTTPS."
_EVENT = name_with("input_validation_fail", "scheme")
_READS = ("GET", "HEAD")
_SECURE = ("https", "wss")
_SAFE_IN_PATH = "/:@!$&'()*+,;=~-._"
_SAFE_IN_QUERY = _SAFE_IN_PATH + "?%[]{}|\\^`"
_log = logging.getLogger("flask_garrison")


def install(gate: Gate) -> None:
    """Judge what comes in the clear, and tell browsers over HTTPS to stay there."""
    mode = gate.mode(HTTPS_ONLY)
    if mode != "off":
        notices = Notices(HTTPS_ONLY)
        gate.arrivals.append(lambda context: _arrive(context, mode, notices))
    if gate.mode(HSTS) == "enforce":
        gate.departures.append(_depart)


def _arrive(context: SecurityContext, mode: Mode, notices: Notices) -> Response | None:
    if context.request.scheme in _SECURE or context.allows("http") or is_sent_by_test_client(context):
        return None
    sign = sign_of_https(context)
    if sign is None and _is_local(context):
        return None
    if sign is not None:
        _refuse_misconfigured(context, mode, sign, notices)
        return None
    if context.request.method not in _READS:
        refuse(context, mode, RefusedForbidden(HTTPS_ONLY, WORDS, event=_EVENT, evidence={"reason": "plain HTTP"}))
        return None
    return _redirect(context, mode)


def _is_local(context: SecurityContext) -> bool:
    """Return whether client and server are one machine, where nobody listens: development needs no flag.

    No peer is a Unix socket or a call inside this process.
    """
    host = stated_host(context)
    return is_well_formed(host) and is_loopback_host(host) and (not context.peer or is_loopback_peer(context.peer))


def _refuse_misconfigured(context: SecurityContext, mode: Mode, sign: Sign, notices: Notices) -> None:
    if notices.is_new(sign.advice, ""):
        _log.error("%s: %s %s", context.app.name, sign.reason, sign.advice)
    evidence = {"reason": Words(sign.reason), "advice": Words(sign.advice)}
    refuse(context, mode, RefusedUnavailable(HTTPS_ONLY, WORDS_NOT_SET_UP, event=_EVENT, evidence=evidence))


def _redirect(context: SecurityContext, mode: Mode) -> Response | None:
    host = stated_host(context)
    if not is_well_formed(host):
        # The guard of hosts is off or observes; a Location is built from a sound name or not at all.
        evidence = {"reason": "host"}
        refusal = RefusedMalformed(
            HTTPS_ONLY, WORDS, event=_EVENT, evidence=evidence, parameter="host", appsensor="RE8"
        )
        refuse(context, mode, refusal)
        return None
    enforced = mode == "enforce"
    permanent = context.policy.hsts_max_age >= YEAR and context.policy.mode_of(HSTS) == "enforce"
    status = 308 if permanent else 307
    record(
        context,
        _EVENT,
        control=HTTPS_ONLY,
        outcome="allowed" if enforced else "would_refuse",
        status=status if enforced else None,
        detail={"reason": "plain HTTP, redirected to HTTPS" if enforced else "plain HTTP"},
    )
    return _answer(_secure_url(context, host), status) if enforced else None


def _answer(url: str, status: int) -> Response:
    answer = Response("This page is at https.\n", status=status, mimetype="text/plain", headers={"Location": url})
    if status == 307:
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _secure_url(context: SecurityContext, host: str) -> str:
    """Return the address of the same resource over HTTPS, as the request named it."""
    environ = context.request.environ
    port = context.policy.https_port
    # WSGI text is bytes read as Latin-1 (PEP 3333); what is no letter of an address is escaped, line ends too.
    path = f"{environ.get('SCRIPT_NAME', '')}{environ.get('PATH_INFO', '')}" or "/"
    escaped = quote(path.encode("latin-1", "replace"), safe=_SAFE_IN_PATH)
    query = quote(environ.get("QUERY_STRING", "").encode("latin-1", "replace"), safe=_SAFE_IN_QUERY)
    suffix = "" if port == 443 else f":{port}"
    return f"https://{host_name(host)}{suffix}/{escaped.removeprefix('/')}" + (f"?{query}" if query else "")


def _depart(context: SecurityContext, response: Response) -> None:
    """Send ``Strict-Transport-Security`` (RFC 6797), over HTTPS and for names only, as the standard asks."""
    if not context.request.is_secure or not _is_remembered(stated_host(context)):
        return
    policy = context.policy
    wanted = (policy.hsts_max_age, policy.hsts_subdomains, policy.hsts_preload)
    if _HSTS.lower() in context.own_headers:
        response.headers[_HSTS] = _stricter(*wanted, response.headers[_HSTS])
    else:
        add(response.headers, _constant(*wanted))


def _is_remembered(host: str) -> bool:
    """Return whether browsers remember HSTS of ``host``; what is too long for a name is not even kept here."""
    return len(host) <= LONGEST and _is_name(host)


@lru_cache(maxsize=256)
def _is_name(host: str) -> bool:
    return is_well_formed(host) and not is_ip_host(host) and not is_loopback_host(host)


@lru_cache(maxsize=8)
def _constant(max_age: int, subdomains: bool, preload: bool) -> Pairs:
    return checked([(_HSTS, _stricter(max_age, subdomains, preload, ""))])


@lru_cache(maxsize=64)
def _stricter(max_age: int, subdomains: bool, preload: bool, own: str) -> str:
    """Return the policy's value, or what the app asks for beyond it."""
    asked = {part.strip().lower().replace(" ", "") for part in own.split(";")}
    age = max(max_age, _age_of(asked))
    subdomains = subdomains or "includesubdomains" in asked
    preload = preload or "preload" in asked
    return f"max-age={age}{'; includeSubDomains' if subdomains else ''}{'; preload' if preload else ''}"


def _age_of(directives: set[str]) -> int:
    ages = [part.removeprefix("max-age=").strip('"') for part in directives if part.startswith("max-age=")]
    return max([int(age) for age in ages if age.isdecimal() and len(age) < 12], default=0)
