"""The counts of a measurement, and the tables of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .cases import PARTS, Case
from .classes import RULES
from .measure import Outcome, Verdict

HEAD = ("class", "weak: found", "of these in doubt", "elsewhere", "safe: false alarm", "in doubt only")
TOTAL_HEAD = ("cases", "number", "recall", "false alarms", "recall minus false alarms", "stray", "extra", "not checked")


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of some cases.

    Attributes:
        weak: Number of weak cases.
        safe: Number of safe cases.
        of: Number of cases by outcome.
        stray: Number of findings of other classes' rules, of severity high or above.
        extra: Number of findings of the class's own rules on lines of weak cases that are not marked.
        not_checked: Number of cases with something that the analyser could not look at.
    """

    weak: int
    safe: int
    of: Counter[Outcome]
    stray: int = 0
    extra: int = 0
    not_checked: int = 0

    @property
    def found(self) -> int:
        """Number of weak cases that were found."""
        return self.of[Outcome.FOUND] + self.of[Outcome.DOUBTED]

    @property
    def recall(self) -> float | None:
        """Percentage of the weak cases that were found; ``None`` where there are none."""
        return 100 * self.found / self.weak if self.weak else None

    @property
    def false_alarms(self) -> float | None:
        """Percentage of the safe cases with a false alarm; ``None`` where there are none."""
        return 100 * self.of[Outcome.ALARM] / self.safe if self.safe else None

    @property
    def score(self) -> float | None:
        """Recall minus false alarms: 100 is perfect, 0 is what flags everything or nothing."""
        recall, alarms = self.recall, self.false_alarms
        return None if recall is None or alarms is None else recall - alarms


def counts_of(verdicts: Iterable[Verdict]) -> Counts:
    """Count."""
    verdicts = list(verdicts)
    weak = sum(one.case.weak for one in verdicts)
    return Counts(
        weak,
        len(verdicts) - weak,
        Counter(one.outcome for one in verdicts),
        sum(len(one.stray) for one in verdicts),
        sum(len(one.extra) for one in verdicts),
        sum(bool(one.not_checked) for one in verdicts),
    )


def tables(verdicts: Sequence[Verdict]) -> str:
    """Return the totals, and the classes of each part apart."""
    parts = {part: of_part for part in PARTS if (of_part := [one for one in verdicts if one.case.part == part])}
    everything = {**parts, "all": verdicts} if len(parts) > 1 else parts
    totals = table(TOTAL_HEAD, [_total(name, counts_of(some)) for name, some in everything.items()])
    return "\n\n".join([totals, *(f"### {part.title()}\n\n{by_class(some)}" for part, some in parts.items())])


def by_class(verdicts: Sequence[Verdict]) -> str:
    """Return a table with a row for each class."""
    kinds = [kind for kind in RULES if any(one.case.kind == kind for one in verdicts)]
    rows = [_row(kind, counts_of(one for one in verdicts if one.case.kind == kind)) for kind in kinds]
    return table(HEAD, [*rows, _row("all", counts_of(verdicts))])


def _row(name: str, counts: Counts) -> tuple[str, ...]:
    of = counts.of
    numbers = (
        of[Outcome.DOUBTED],
        of[Outcome.ELSEWHERE],
        f"{of[Outcome.ALARM]} / {counts.safe}",
        of[Outcome.WHISPERED],
    )
    return (name, f"{counts.found} / {counts.weak}", *map(str, numbers))


def _total(name: str, counts: Counts) -> tuple[str, ...]:
    rates = (_rate(counts.recall, " %"), _rate(counts.false_alarms, " %"), _rate(counts.score))
    return (name, str(counts.weak + counts.safe), *rates, *map(str, (counts.stray, counts.extra, counts.not_checked)))


def _rate(value: float | None, unit: str = "") -> str:
    return "none" if value is None else f"{value:.1f}{unit}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table that people can read as it stands."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = [head, ["-" * width for width in widths], *rows]
    return "\n".join(f"| {' | '.join(map(str.ljust, line, widths))} |" for line in lines)


def wrong(verdicts: Iterable[Verdict]) -> str:
    """Return the cases that count against the analyser, or in which it said something else, and what it said."""
    told = (one for one in verdicts if one.outcome.wrong or one.stray or one.extra or one.not_checked)
    return "\n".join(line for one in told for line in _told(one))


def _told(one: Verdict) -> Iterable[str]:
    yield f"{name_of(one.case)}: {one.outcome.value}"
    if one.outcome.wrong:
        yield from (f"    marked: {path}:{line}" for _, (path, line) in one.case.marks())
        yield from (f"    {found}" for found in one.own if found not in one.extra)
    yield from (f"    extra: {found}" for found in one.extra)
    yield from (f"    stray: {found}" for found in one.stray)
    yield from (f"    not checked: {words}" for words in one.not_checked)


def name_of(case: Case) -> str:
    """Return the name of a case."""
    return f"{case.part}/{case.kind}/{case.name}"
