"""Garrison: the extension. Reads the policy once and installs the guards in a fixed, visible order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Flask

from .errors import GarrisonError, PolicyError
from .policy import Policy, policy_from_config

if TYPE_CHECKING:
    from .guard.gate import Gate

EXTENSION = "garrison"


class Garrison:
    """Guards a Flask application: every route, every status, safe by default.

    Args:
        app: The application, or ``None`` to call :meth:`init_app` later.
        policy: What to guard and how; the default is :class:`Policy` with the application's ``GARRISON_*`` settings.
        **settings: Shorthand for fields of the policy: ``Garrison(app, mode="observe")``.

    Raises:
        PolicyError: for a setting that is unknown, wrong or contradictory.
        GarrisonError: for an object that is not a Flask application.
    """

    def __init__(self, app: Flask | None = None, policy: Policy | None = None, **settings: Any) -> None:
        if policy is not None and not isinstance(policy, Policy):
            raise PolicyError("policy", f"{policy!r} is not a Policy.")
        self._policy = policy
        self._settings = settings
        if app is not None:
            self.init_app(app)
        elif settings:
            # Without an application there is no configuration yet, but a typo is an error where it was written.
            policy_from_config({}, policy, settings)

    def init_app(self, app: Flask) -> None:
        """Guard ``app``. A second call with the same policy changes nothing; with another policy it is an error."""
        if not isinstance(app, Flask):
            raise GarrisonError(f"{app!r} is not a Flask application, so there is nothing to guard.")
        policy = policy_from_config(app.config, self._policy, self._settings)
        installed: Gate | None = app.extensions.get(EXTENSION)
        if installed is not None:
            if installed.policy != policy:
                raise PolicyError("policy", f"{app.name} is guarded already, with another policy.")
            return
        # Here and not above: whoever imports Policy or an event needs no guard (decision 7).
        from .guard import GUARDS
        from .guard.gate import Gate

        gate = Gate(app, policy)
        for guard in GUARDS:
            guard.install(gate)
        gate.hang_doors()
        app.extensions[EXTENSION] = gate
