"""The guards: one control a file, each with ``install(gate)``, in the order in which they act."""

from __future__ import annotations

from . import (
    caching,
    cookies,
    cors,
    csp,
    csrf,
    disclosure,
    errors,
    headers,
    integrity,
    nonces,
    origins,
    reports,
    session_cookie,
    startup,
    websocket,
)

GUARDS = (
    startup,
    origins,
    errors,
    session_cookie,
    # On the way in: what is answered here and never reaches the app, then what is judged.
    reports,
    cors,
    websocket,
    csrf,
    # On the way out: bodies first, since headers depend on them; cookies last, since others may set some.
    nonces,
    disclosure,
    csp,
    headers,
    integrity,
    caching,
    cookies,
)
