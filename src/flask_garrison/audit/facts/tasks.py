"""The task queue of an application, where it has one."""

from __future__ import annotations

from typing import Any

from ..inspected import Inspected


def celery_of(inspected: Inspected) -> Any:
    """Return the application's Celery: as Flask's pattern registers it, else the one that was made; or ``None``."""
    module = inspected.module("celery")
    if module is None:
        return None
    registered = inspected.extension("celery")
    if isinstance(registered, module.Celery):
        return registered
    state = inspected.module("celery._state")
    # Celery itself is not asked for its current application: it would make one.
    made = [app for app in state._get_active_apps() if app.main != "default"] if state is not None else []
    return made[0] if made else None
