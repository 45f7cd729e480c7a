"""Control ``access.session-lifetimes``: a session ends after idle time and after an absolute time.

OWASP ASVS 5.0, V7.3.1 and V7.3.2. Flask's signed cookies cannot be taken back, so a copy would be good for as long as
its signature: 31 days, and for ever where it is renewed. A stamp *inside* the session, under the signature or in the
server's store, bounds every copy of it, whatever keeps the sessions.
"""

from __future__ import annotations

import re
import time
from typing import Any

from flask import Response

from ..context import SecurityContext, default_principal, peek_session
from ..events import name_with, record
from ..policy import Policy
from .csrf_token import SESSION_KEY
from .gate import Gate

CONTROL = "access.session-lifetimes"
STAMP = "_garrison_session"
"""Session key of ``"<started>.<seen>"``, whole seconds since the epoch, UTC; a text is cheaper to sign than a list."""
_STAMP_FORM = r"[0-9]{1,12}\.[0-9]{1,12}\Z"
SKEW_SECONDS = 300
"""How far servers' clocks may be apart."""
_REFRESHES = 10
_NOT_CONTENT = {STAMP, SESSION_KEY, "_permanent"}


def now() -> int:
    """Return the time in whole seconds since the epoch, UTC."""
    return int(time.time())


def install(gate: Gate) -> None:
    """End sessions on the way in; stamp them on the way out, in enforce only."""
    mode = gate.mode(CONTROL)
    if mode == "off":
        return
    gate.arrivals.append(_end if mode == "enforce" else _observe)
    if mode == "enforce":
        # First in the list is last to run: what the application's own functions did to the session is done by then.
        functions = gate.app.after_request_funcs.setdefault(None, [])
        functions.insert(0, lambda response: _mark(gate, response))


def reason_to_end(stamp: object, policy: Policy, at: int) -> str | None:
    """Return why a session ends: ``idle``, ``absolute``, ``future`` or ``malformed``; ``None`` while it lives.

    A stamp that makes no sense ends the session: a clock that jumps opens nothing.

    Args:
        stamp: What the session holds under :data:`STAMP`.
        policy: With both lifetimes.
        at: Seconds since the epoch, UTC.
    """
    times = _times(stamp)
    if times is None:
        return "malformed"
    started, seen = times
    if max(started, seen) > at + SKEW_SECONDS:
        return "future"
    if at - started > policy.session_absolute_seconds:
        return "absolute"
    return "idle" if at - seen > policy.session_idle_seconds else None


def _times(stamp: object) -> tuple[int, int] | None:
    """Return when a session started and was last seen, or ``None`` if that is not what the stamp says."""
    if not isinstance(stamp, str) or not re.match(_STAMP_FORM, stamp):
        return None
    started, _, seen = stamp.partition(".")
    return int(started), int(seen)


def _reason(context: SecurityContext) -> str | None:
    """Return why the session of this request ends; looking at it must not make the page private to a visitor."""
    session = peek_session()
    if not session:
        return None
    accessed = getattr(session, "accessed", None)
    stamp = session.get(STAMP)
    if accessed is False:
        session.accessed = False
    return None if stamp is None else reason_to_end(stamp, context.policy, now())


def _end(context: SecurityContext) -> None:
    """Empty a session that has ended, before anybody asks who it belongs to; the request goes on without it."""
    reason = _reason(context)
    if reason is None:
        return
    account = str(default_principal() or "")
    session = peek_session()
    renew = getattr(context.app.session_interface, "regenerate", None)
    if callable(renew):
        # Server-side: a copied id must not come back to life with whoever logs in next.
        renew(session)
    session.clear()
    _record(context, reason, account, observed=False)


def _observe(context: SecurityContext) -> None:
    reason = _reason(context)
    if reason is not None:
        _record(context, reason, str(default_principal() or ""), observed=True)


def _record(context: SecurityContext, reason: str, account: str, *, observed: bool) -> None:
    record(
        context,
        name_with("session_expired"),
        control=CONTROL,
        outcome="would_refuse" if observed else "refused",
        detail={"reason": reason, "account": account},
    )


def _mark(gate: Gate, response: Response) -> Response:
    """Stamp a session that was used; take the stamp away from one that holds nothing else."""
    session = peek_session()
    if not session and not getattr(session, "modified", False):
        # Empty, and it was before: most visitors, and applications without a key.
        return response
    if _is_used(gate, session):
        _stamp(session, gate.policy, response)
    return response


def _is_used(gate: Gate, session: Any) -> bool:
    """Return whether the answer depends on the session or carries it; asking must not count as using."""
    if session.modified or session.accessed:
        return True
    written = bool(session) and gate.app.session_interface.should_set_cookie(gate.app, session)
    session.accessed = False
    return written


def _stamp(session: Any, policy: Policy, response: Response) -> None:
    stamp = session.get(STAMP)
    if not session.keys() - _NOT_CONTENT:
        if stamp is not None:
            del session[STAMP]
        return
    at, times = now(), _times(stamp)
    if times is not None and at - times[1] <= policy.session_idle_seconds // _REFRESHES:
        return
    if not session.modified and response.cache_control.public:
        # A shared cache may store this answer with its cookie.
        return
    session[STAMP] = f"{at if times is None else times[0]}.{at}"
