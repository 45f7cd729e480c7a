"""What one run has seen so far: answers, what could not be looked at, and when time is over."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace

from ..findings import NotChecked
from ..target.answers import Answer
from .planned import Planned
from .sender import Sender, Sent, Visitor


class OutOfTime(Exception):
    """The time for the whole run is over."""


@dataclass(eq=False)
class Record:
    """Sends requests, and keeps what came of them.

    Attributes:
        deadline: On the clock of :func:`time.monotonic`.
        answers: In the order in which they came.
        not_checked: What could not be looked at, each once.
        requests: How many were sent.
    """

    sender: Sender
    deadline: float
    answers: list[Answer] = field(default_factory=list)
    not_checked: list[NotChecked] = field(default_factory=list)
    requests: int = 0

    def send(self, planned: Planned, visitor: Visitor) -> Sent:
        """Send a request without keeping its answer.

        Raises:
            OutOfTime: when the time is over.
        """
        if time.monotonic() > self.deadline:
            raise OutOfTime
        self.requests += 1
        return self.sender.send(planned, visitor)

    def ask(self, planned: Planned, visitor: Visitor) -> Sent:
        """Send a request and keep its answer."""
        sent = self.send(planned, visitor)
        if sent.answer is not None:
            self.answers.append(sent.answer)
        return sent

    def keep(self, sent: Sent, case: str) -> None:
        """Keep an answer as one of another case."""
        if sent.answer is not None:
            self.answers.append(replace(sent.answer, case=case))

    def ask_again(self, planned: Planned, visitor: Visitor, first: int) -> None:
        """Send the request of answer number ``first`` again, as its twin."""
        sent = self.send(planned, visitor)
        if sent.answer is not None:
            self.answers.append(replace(sent.answer, case=self.answers[first].case))
            self.answers[first] = replace(self.answers[first], twin=len(self.answers) - 1)

    def miss(self, what: str, reason: str, how_to_include: str) -> None:
        """Note what could not be looked at."""
        entry = NotChecked(what=what, reason=reason, how_to_include=how_to_include)
        if all((known.what, known.reason) != (what, reason) for known in self.not_checked):
            self.not_checked.append(entry)
