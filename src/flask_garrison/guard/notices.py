"""Things an operator should know once: bounded memory of what was said, one event for each."""

from __future__ import annotations

from ..context import SecurityContext
from ..events import Outcome, Words, name_with, record

LIMIT = 2_000


class Notices:
    """Remembers what one control has said in this process.

    Names of cookies and origins can be chosen by clients, so the memory is bounded: after ``LIMIT`` notices the control
    says no more.
    """

    def __init__(self, control: str) -> None:
        self._control = control
        self._event = name_with("privilege_permissions_changed", "", control, "application", "garrison")
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
        detail = {"name": name, "problem": Words(problem), "line": Words(line)}
        filled = {key: value for key, value in detail.items() if value}
        record(context, self._event, control=self._control, outcome=outcome, detail=filled)

    def difference(self, context: SecurityContext, words: str, *, observed: bool = False) -> None:
        """Record, once for each endpoint, that the application's own value and the policy's differ.

        Args:
            words: Both values; they may hold a client's text and are redacted.
            observed: The application's value was left as it is (observe mode).
        """
        if self.is_new(words, context.endpoint):
            outcome: Outcome = "would_refuse" if observed else "allowed"
            record(context, self._event, control=self._control, outcome=outcome, detail={"difference": words})
