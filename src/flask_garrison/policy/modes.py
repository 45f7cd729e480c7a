"""Modes, and the controls that have one in this version."""

from __future__ import annotations

from typing import Literal, get_args

Mode = Literal["off", "observe", "enforce"]
"""``off``: absent. ``observe``: refuses nothing and records what it would have done. ``enforce``: acts."""

MODES: tuple[str, ...] = get_args(Mode)

GUARDED_CONTROLS: tuple[str, ...] = (
    "headers.csp",
    "headers.trusted-types",
    "headers.framing",
    "headers.nosniff",
    "headers.referrer-policy",
    "headers.cross-origin",
    "headers.permissions-policy",
    "headers.xss-auditor",
    "headers.caching",
    "headers.disclosure",
    "headers.reports",
    "headers.cookies",
    "headers.cors",
    "inputs.body-limits",
    "inputs.canonical-text",
    "inputs.csrf",
    "inputs.websocket-origin",
    "access.secret-key",
    "access.session-cookie",
    "access.session-lifetimes",
    "access.login-throttle",
    "access.rate-limits",
    "transport.hosts",
    "transport.https-only",
    "transport.hsts",
    "assessment.debug",
    "assessment.error-pages",
    "monitoring.error-events",
    "monitoring.security-contact",
)
"""Controls that the guard enforces; a test holds this list against the catalogue."""
