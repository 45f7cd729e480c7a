"""Under which address an application can be asked."""

from __future__ import annotations

from typing import Any

from flask import Flask


def declared_hosts(app: Flask) -> tuple[str, ...]:
    """Return the hosts that the policy or ``TRUSTED_HOSTS`` declares."""
    gate: Any = app.extensions.get("garrison")
    declared = gate.policy.hosts if gate is not None else ()
    trusted = app.config.get("TRUSTED_HOSTS") or ()
    return tuple(declared or ((trusted,) if isinstance(trusted, str) else trusted))


def base_url_of(app: Flask) -> str:
    """Return ``https://`` and the first declared host, else ``SERVER_NAME``, else ``localhost``."""
    hosts = declared_hosts(app)
    host = hosts[0].lstrip(".") if hosts else app.config.get("SERVER_NAME") or "localhost"
    return f"https://{host}"
