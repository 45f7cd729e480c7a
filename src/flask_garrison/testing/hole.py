"""What a proof finds: where a guard did not act, and the line that mends it."""

from __future__ import annotations

from typing import NamedTuple


class Hole(NamedTuple):
    """One attack that was not stopped.

    Attributes:
        control: Id of the control that should have stopped it.
        where: Method and rule of the route, or what else was asked.
        what: What happened.
        mend: The line that mends it.
        endpoint: The endpoint, where an ``allow_insecure_`` setting may name it; else an empty string.
    """

    control: str
    where: str
    what: str
    mend: str
    endpoint: str = ""

    def __str__(self) -> str:
        return f"{self.control}: {self.where}: {self.what}\n    mend: {self.mend}"
