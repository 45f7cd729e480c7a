"""Control ``inputs.mass-assignment``: a key that nobody declared is refused in forms and JSON, however deep.

In observe mode it is recorded, and left to the declaration: pydantic drops it unless a model says otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..context import SecurityContext
from .problems import UNKNOWN, Problem

CONTROL = "inputs.mass-assignment"


def observed_only(context: SecurityContext, problems: Sequence[Problem]) -> list[Problem]:
    """Return the unknown keys among the problems where the policy only watches, else none."""
    found = [item for item in problems if item.kind == UNKNOWN]
    return found if found and context.policy.mode_of(CONTROL) == "observe" else []
