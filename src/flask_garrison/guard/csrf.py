"""Control ``inputs.csrf``: a request that changes something must come from this site, whatever its route and status.

What the browser states decides, in this order: ``Sec-Fetch-Site`` (Fetch Metadata), then ``Origin`` or ``Referer``,
then
a session-bound token. A browser cannot be made to lie in the first two by a page; the token serves those that state
nothing (OWASP CSRF Prevention Cheat Sheet).
"""

from __future__ import annotations

from typing import NamedTuple

from flask import Request, Response
from werkzeug.exceptions import HTTPException

from ..context import SecurityContext
from ..errors import RefusedForbidden
from ..events import Words, name_with, record
from ..policy import Mode
from .csrf_token import FIELD, HEADER, is_valid, matches, session_secret, token_for_session
from .gate import Gate, refuse
from .origins import is_test_client, may_act, own_origin, stated_origin

CONTROL = "inputs.csrf"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
WORDS = "This request was refused because it does not come from a page of this site."
_FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
_LATE_KEY = "flask_garrison.late_judgement"
_AMBIENT_SCHEMES = ("basic", "digest", "negotiate", "ntlm")
_CERTIFICATE_KEYS = ("SSL_CLIENT_CERT", "SSL_CLIENT_VERIFY", "peercert", "REMOTE_USER")


class Objection(NamedTuple):
    """Why a request is not believed to come from this site.

    Attributes:
        reason: One of ``cross-site``, ``foreign-origin``, ``null-origin``, ``token``.
        origin: The origin that the request states, canonical; ``"null"``; or ``None``.
    """

    reason: str
    origin: str | None = None


def install(gate: Gate) -> None:
    """Judge every state-changing request before the app's own hooks see it."""
    mode = gate.mode(CONTROL)
    if mode == "off":
        return
    gate.template_globals["garrison_csrf_token"] = csrf_token
    gate.arrivals.append(lambda context: _arrive(context, mode))
    if mode == "observe":
        gate.departures.append(_judge_late)


def csrf_token() -> str:
    """Return a fresh token for the current session, for scripts that send ``X-Garrison-CSRF``.

    In templates it is ``garrison_csrf_token()``, since Flask-WTF has the other name.

    Raises:
        RuntimeError: outside a request, or where there is no session to bind a token to (no ``SECRET_KEY``).
    """
    from ..context import current

    context = current()
    token = token_for_session(context) if context is not None else None
    if token is None:
        raise RuntimeError("csrf_token() needs a request to a guarded app with a session (SECRET_KEY).")
    return token


def _arrive(context: SecurityContext, mode: Mode) -> None:
    if context.request.method in SAFE_METHODS or context.allows("csrf"):
        return
    objection = judge(context)
    if objection is None:
        return
    if _LATE_KEY in context.request.environ:
        context.request.environ[_LATE_KEY] = (objection, session_secret())
        return
    refuse(context, mode, _refusal(context, objection))


def _judge_late(context: SecurityContext, response: Response) -> None:
    """Look for the token in a body that the application has read by now; a view may have wanted it unparsed."""
    request = context.request
    late = request.environ.pop(_LATE_KEY, None)
    if late is None:
        return
    objection, secret = late
    try:
        token = None if response.is_streamed else request.form.get(FIELD)
    except HTTPException:
        token = None
    if not matches(token, secret):
        refuse(context, "observe", _refusal(context, objection))


def judge(context: SecurityContext) -> Objection | None:
    """Return why the request is not believed to come from this site, or ``None`` if it is."""
    request = context.request
    if is_test_client(context):
        return None
    site = request.environ.get("HTTP_SEC_FETCH_SITE")
    if site is not None:
        return _judge_site(context, site)
    origin = stated_origin(request)
    if origin is not None:
        return _judge_origin(context, origin)
    if request.cookies:
        return None if _carries_token(context) else Objection("token")
    return _judge_silent(context)


def _judge_site(context: SecurityContext, site: str) -> Objection | None:
    if site in ("same-origin", "none"):
        return None
    # Same-site is another host of the same domain: it may be anybody's. An unknown value is not a pass either.
    origin = stated_origin(context.request)
    return None if may_act(context, origin) else Objection("cross-site", origin)


def _judge_origin(context: SecurityContext, origin: str) -> Objection | None:
    if origin == "null":
        return None if _carries_token(context) else Objection("null-origin", origin)
    if origin == own_origin(context.request) or may_act(context, origin):
        return None
    return Objection("foreign-origin", origin)


def _judge_silent(context: SecurityContext) -> Objection | None:
    """Judge a request without any origin and without cookies: a program, or an old browser with HTTP credentials."""
    required = context.policy.csrf_token_always and (
        _has_ambient_credentials(context.request) or context.request.endpoint in context.policy.login_endpoints
    )
    if required and not _carries_token(context):
        return Objection("token")
    record(
        context,
        name_with("input_validation_fail", "origin"),
        control=CONTROL,
        outcome="allowed",
        detail={"reason": "The request states no origin and carries no cookie."},
    )
    return None


def _has_ambient_credentials(request: Request) -> bool:
    """Return whether the request carries credentials that browsers add by themselves, across sites too."""
    scheme = request.headers.get("Authorization", "").partition(" ")[0].lower()
    if scheme in _AMBIENT_SCHEMES:
        return True
    return any(request.environ.get(key) not in (None, "", "NONE") for key in _CERTIFICATE_KEYS)


def _carries_token(context: SecurityContext) -> bool:
    request = context.request
    header = request.headers.get(HEADER)
    if header is not None:
        return is_valid(header)
    if request.mimetype not in _FORM_TYPES:
        return False
    if context.policy.mode_of(CONTROL) == "observe":
        # Reading the body takes it from a view that reads the stream, or that counts its bytes for a signature.
        request.environ[_LATE_KEY] = None
        return False
    return is_valid(request.form.get(FIELD))


def _refusal(context: SecurityContext, objection: Objection) -> RefusedForbidden:
    evidence = {"reason": objection.reason, "origin": objection.origin, "advice": Words(_advice(context, objection))}
    if objection.reason in ("cross-site", "foreign-origin"):
        event, appsensor = name_with("malicious_cors", objection.origin or ""), "IE2"
        parameter = "origin" if objection.origin else "sec-fetch-site"
    else:
        event, parameter, appsensor = name_with("input_validation_fail", FIELD), FIELD, "RE6"
    return RefusedForbidden(CONTROL, WORDS, event=event, evidence=evidence, parameter=parameter, appsensor=appsensor)


def _advice(context: SecurityContext, objection: Objection) -> str:
    own = own_origin(context.request)
    if objection.reason == "token":
        return (
            f"The client sends neither Sec-Fetch-Site nor Origin. A program should send 'Origin: {own}'; a page of "
            f"this "
            f"site the form field {FIELD} or the header {HEADER}."
        )
    if objection.reason == "null-origin" or objection.origin in (None, "null"):
        return (
            "The page hides its origin (Referrer-Policy: no-referrer, a sandboxed frame, or a local file). "
            f"A page of this site must send the form field {FIELD}. {_exemption(context)}"
        )
    line = f'trusted_origins=["{objection.origin}"]'
    if _same_host(objection.origin, own):
        return (
            f"Origin {objection.origin} differs from {own} only in its scheme or port. Behind a proxy, add proxies=1 "
            f"to the policy; if it is another site of yours, add {line}."
        )
    return f"If pages of that origin may act for your visitors, add {line} to the policy. {_exemption(context)}"


def _exemption(context: SecurityContext) -> str:
    """Return the line for a view that other sites post to: a sign-in answer, a payment's return, a webhook."""
    if not context.endpoint:
        return ""
    return (
        "If this view alone takes posts of other sites and proves them itself (a signature, a state that it gave "
        f'out), add allow_insecure_csrf=["{context.endpoint}"].'
    )


def _same_host(origin: str | None, own: str | None) -> bool:
    host = (origin or "").partition("://")[2].rpartition(":")[0] or (origin or "").partition("://")[2]
    mine = (own or "").partition("://")[2].rpartition(":")[0] or (own or "").partition("://")[2]
    return bool(host) and host == mine
