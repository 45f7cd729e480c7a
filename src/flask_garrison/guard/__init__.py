"""The guards: one control a file, each with ``install(gate)``, in the order in which they act."""

from __future__ import annotations

from . import (
    body_limits,
    caching,
    canonical_text,
    cookies,
    cors,
    csp,
    csrf,
    debug,
    declared_inputs,
    disclosure,
    error_pages,
    errors,
    headers,
    hosts,
    https,
    integrity,
    login_throttle,
    nonces,
    origins,
    proxies,
    rate_limits,
    reports,
    secret_key,
    session_cookie,
    session_lifetimes,
    startup,
    websocket,
    well_known,
)

GUARDS = (
    startup,
    # Before any event asks who it is: nobody is who a session says that has ended.
    session_lifetimes,
    secret_key,
    proxies,
    origins,
    errors,
    session_cookie,
    # On the way in. Who is connected, under which name, over what, and in which letters; each relies on the former.
    debug,
    hosts,
    https,
    canonical_text,
    body_limits,
    # What is answered here and never reaches the app, then what is judged. What was refused for its origin is not
    # counted: a page of another site must not use up a visitor's limits.
    reports,
    well_known,
    cors,
    websocket,
    csrf,
    rate_limits,
    login_throttle,
    declared_inputs,
    # On the way out: bodies first, since headers depend on them; cookies last, since others may set some.
    error_pages,
    nonces,
    disclosure,
    csp,
    headers,
    integrity,
    caching,
    cookies,
)
