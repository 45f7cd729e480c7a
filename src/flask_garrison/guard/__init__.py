"""The guards: one control a file, each with ``install(gate)``, in the order in which they act."""

from __future__ import annotations

from . import (
    caching,
    csp,
    csrf,
    disclosure,
    errors,
    headers,
    integrity,
    origins,
    reports,
    websocket,
)

GUARDS = (
    origins,
    errors,
    reports,
    websocket,
    csrf,
    csp,
    headers,
    integrity,
    caching,
    disclosure,
)
