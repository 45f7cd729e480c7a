"""The session-bound CSRF token for clients that state no origin.

The token follows OWASP's signed double-submit pattern, with the random half kept in the session: the secret never
changes while the session lives, and what is sent is masked anew each time, so that compression cannot reveal it.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from typing import Any

from flask import session

from ..context import SecurityContext

FIELD = "_garrison_csrf"
HEADER = "X-Garrison-CSRF"
SESSION_KEY = "_garrison_csrf"
_SIZE = 20


def issue_token(context: SecurityContext) -> str | None:
    """Return a fresh masked token for the page being answered, or ``None`` where the page needs none.

    A browser that sends Sec-Fetch headers will send them with the form too and is judged by those; without a token its
    pages stay cacheable. Without a session to bind it to there is no token either.
    """
    if "Sec-Fetch-Site" in context.request.headers:
        return None
    return token_for_session(context)


def token_for_session(context: SecurityContext) -> str | None:
    """Return a masked token bound to the current session, creating its secret at the first call."""
    store: Any = session._get_current_object()  # type: ignore[attr-defined]
    if store is None or context.app.session_interface.is_null_session(store):
        return None
    secret = _secret_of(store)
    if secret is None:
        secret = secrets.token_bytes(_SIZE)
        store[SESSION_KEY] = base64.urlsafe_b64encode(secret).decode()
    context.token_issued = True
    mask = secrets.token_bytes(_SIZE)
    return base64.urlsafe_b64encode(mask + _xor(mask, secret)).decode()


def is_valid(token: str | None) -> bool:
    """Return whether ``token`` belongs to the current session; compares in constant time."""
    return matches(token, session_secret())


def session_secret() -> bytes | None:
    """Return what tokens of the current session are made of, or ``None`` before one was issued."""
    return _secret_of(session)


def matches(token: str | None, secret: bytes | None) -> bool:
    """Return whether ``token`` was made of ``secret``; compares in constant time."""
    if secret is None or not token:
        return False
    try:
        raw = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return False
    if len(raw) != 2 * _SIZE:
        return False
    return hmac.compare_digest(_xor(raw[:_SIZE], raw[_SIZE:]), secret)


def _secret_of(store: Any) -> bytes | None:
    stored = store.get(SESSION_KEY) if store else None
    if not isinstance(stored, str):
        return None
    try:
        secret = base64.b64decode(stored.encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    return secret if len(secret) == _SIZE else None


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))
