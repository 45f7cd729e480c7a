"""Settings of the chapter ``assessment``: what must not be reachable in production."""

from __future__ import annotations

from .. import network_checks
from ..setting import setting, settings


@settings(frozen=True, kw_only=True)
class AssessmentSettings:
    """What only the developer's own machine may reach."""

    allow_insecure_debug_from: tuple[str, ...] = setting(
        (),
        network_checks.networks,
        "Networks that may use an application in debug mode beside its own machine, such as a container's bridge.",
        "Whoever reaches the debugger can run code.",
    )
