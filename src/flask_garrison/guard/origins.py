"""Where a request says that it comes from, compared as browsers compare origins: scheme, host and port (RFC 6454)."""

from __future__ import annotations

import functools
from typing import Any
from urllib.parse import urlsplit

from flask import Request
from flask.ctx import RequestContext
from werkzeug.exceptions import HTTPException

from ..context import SecurityContext
from .gate import Gate

_TEST_CLIENT_KEY = "flask_garrison.test_client"
_DEFAULT_PORTS = {"http": 80, "https": 443}
_KEPT = 512


def canonical(text: str) -> str | None:
    """Return the origin of a URL or Origin header as ``scheme://host[:port]``, or ``None`` if it has none."""
    # Clients choose what is kept: it is bounded in number and in length.
    return _canonical(text) if len(text) <= _KEPT else _canonical.__wrapped__(text)


@functools.lru_cache(maxsize=512)
def _canonical(text: str) -> str | None:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    suffix = "" if port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{port}"
    return f"{parts.scheme}://{host}{suffix}"


def own_origin(request: Request) -> str | None:
    """Return the origin under which the request reached this application, ``None`` for a host that is not its own."""
    try:
        host = request.host
    except HTTPException:
        # Not among TRUSTED_HOSTS: Flask answers 400, and no page of this host is one of ours.
        return None
    # Some servers call a handshake's scheme ws or wss; pages have the origin of the http form (RFC 6455).
    return canonical(f"{request.scheme.replace('ws', 'http', 1)}://{host}")


def stated_origin(request: Request) -> str | None:
    """Return what ``Origin``, else ``Referer``, says: a canonical origin, ``"null"``, or ``None`` if neither is sent.

    An unreadable header counts as ``"null"``: it was sent, and it proves nothing.
    """
    header = request.headers.get("Origin")
    if header is None:
        header = request.headers.get("Referer")
    if not header:
        return None
    return canonical(header) or "null"


def may_act(context: SecurityContext, origin: str | None) -> bool:
    """Return whether the policy lets pages of another ``origin`` act with a visitor's cookies."""
    policy = context.policy
    return origin in policy.trusted_origins or origin in policy.cors_credentialed_origins


def install(gate: Gate) -> None:
    """Mark what tests make in this process, so that it can be told from what arrives over a network.

    That is what the app's test client sends, and the request of ``app.test_request_context()``, which tests dispatch
    themselves.
    """
    make_client, make_context = gate.app.test_client, gate.app.test_request_context

    def test_client(*arguments: Any, **options: Any) -> Any:
        client = make_client(*arguments, **options)
        client.environ_base[_TEST_CLIENT_KEY] = "1"
        return client

    def test_request_context(*arguments: Any, **options: Any) -> RequestContext:
        context = make_context(*arguments, **options)
        context.request.environ[_TEST_CLIENT_KEY] = "1"
        return context

    gate.app.test_client = test_client  # type: ignore[method-assign]
    gate.app.test_request_context = test_request_context  # type: ignore[method-assign]


def is_test_client(context: SecurityContext) -> bool:
    """Return whether this is the app's own test client under ``app.testing``, with no origin set by the test.

    The environ key is set in this process; a client over a network can only set keys that begin with ``HTTP_``.
    """
    if not is_sent_by_test_client(context):
        return False
    headers = context.request.headers
    return "Sec-Fetch-Site" not in headers and "Origin" not in headers and "Referer" not in headers


def is_sent_by_test_client(context: SecurityContext) -> bool:
    """Return whether this is the app's own test client under ``app.testing``, whatever its headers."""
    return _TEST_CLIENT_KEY in context.request.environ and context.app.testing
