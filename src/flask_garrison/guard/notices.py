"""Things an operator should know once: bounded memory of what was said, one event for each."""

from __future__ import annotations

from ..context import SecurityContext
from ..events import Outcome, Words, name_with, record

LIMIT = 500


class Notices:
    """Remembers what one control has said in this process.

    Names of cookies and origins can be chosen by clients, so the memory is bounded: after ``LIMIT`` notices the control
    says no more.
    """

    def __init__(self, control: str) -> None:
        self._control = control
        self._said: set[tuple[str, str]] = set()

    def is_new(self, subject: str, name: str) -> bool:
        """Return whether ``subject`` was not yet said of ``name``, and remember that it is now."""
        key = (subject, name)
        if key in self._said or len(self._said) >= LIMIT:
            return False
        self._said.add(key)
        return True

    def say(
        self, context: SecurityContext, problem: str, *, name: str = "", line: str = "", outcome: Outcome = "allowed"
    ) -> None:
        """Record an event that the application's setting and Garrison's differ.

        Args:
            problem: Words of Garrison's own; they are not redacted.
            name: What it is about, such as a cookie's name.
            line: The line to add to the policy.
        """
        event = name_with("privilege_permissions_changed", "", self._control, "application", "garrison")
        detail = {"name": name, "problem": Words(problem), "line": Words(line)}
        filled = {key: value for key, value in detail.items() if value}
        record(context, event, control=self._control, outcome=outcome, detail=filled)
