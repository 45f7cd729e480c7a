"""How functions that an application calls itself refuse: always, and with an event in a guarded application."""

from __future__ import annotations

from ..context import current
from ..errors import Refusal


def recorded(refusal: Refusal) -> Refusal:
    """Return ``refusal`` to raise; within a request of a guarded application, record its event and raise it here."""
    context = current()
    if context is not None:
        from ..guard.gate import refuse

        # The application asked for this check, so it acts in every mode of the policy.
        refuse(context, "enforce", refusal)
    return refusal
