"""The answers of an application, as the rules of ``garrison check`` see them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ..findings import Evidence
from ..target.answers import Answer
from .inspected import Inspected

SHOWN = 5


@dataclass(eq=False)
class Observed:
    """What one run saw.

    Attributes:
        inspected: The application that answered.
        answers: Every answer, in the order in which they came.
    """

    inspected: Inspected
    answers: Sequence[Answer]

    def where(self, wanted: Callable[[Answer], bool]) -> list[Answer]:
        """Return the answers for which ``wanted`` says yes."""
        return [answer for answer in self.answers if wanted(answer)]

    def twin_of(self, answer: Answer) -> Answer | None:
        """Return the answer to the same request sent again."""
        return None if answer.twin is None else self.answers[answer.twin]


def seen_in(answers: Iterable[Answer], header: str | None = None) -> tuple[Evidence, ...]:
    """Return answers as evidence: the first few one by one, the rest as a number.

    Args:
        header: Shown with each, where it is there.
    """
    listed = list(answers)
    evidence = [_evidence(answer, header) for answer in listed[:SHOWN]]
    if len(listed) > SHOWN:
        rest = listed[SHOWN:]
        summary = f"and {len(rest)} other answers"
        evidence.append(Evidence("request", summary, {"requests": [answer.shown for answer in rest]}))
    return tuple(evidence)


def _evidence(answer: Answer, header: str | None) -> Evidence:
    value = None if header is None else answer.headers.get(header)
    data = answer.as_dict()
    if value is None:
        return Evidence("request", answer.shown, data)
    shown = next((found for name, found in data["headers"] if name.lower() == str(header).lower()), value)
    return Evidence("header", f"{answer.shown}: {header}: {shown}", data)
