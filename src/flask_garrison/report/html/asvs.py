"""The verdicts on OWASP ASVS as the page shows them; every word in it is text for Jinja to escape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...findings.asvs import CHAPTERS, Asvs, Requirement, Verdict
from ..asvs import COLUMNS, jobs_of, summary_of
from ..printable import cut

BADGES = {Verdict.MET: "grade-a", Verdict.NOT_MET: "grade-d", Verdict.NEEDS_PERSON: "severity-medium"}
_LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class RequirementView:
    """One requirement.

    Attributes:
        badge: A class of the style sheet; empty for a badge without colour.
    """

    data: Requirement
    badge: str
    said: Sequence[str]


@dataclass(frozen=True, slots=True)
class AsvsChapterView:
    """One chapter of the standard; ``number`` is ``None`` for all of them together.

    Attributes:
        counts: Of each verdict, level 1 before level 2.
    """

    number: int | None
    name: str
    counts: Sequence[int]
    requirements: Sequence[RequirementView]


@dataclass(frozen=True, slots=True)
class AsvsView:
    """The whole section."""

    summary: str
    jobs: str
    columns: Sequence[str]
    chapters: Sequence[AsvsChapterView]
    together: AsvsChapterView

    @property
    def rows(self) -> Sequence[AsvsChapterView]:
        """The rows of the table."""
        return [*self.chapters, self.together]


def asvs_view(asvs: Asvs | None) -> AsvsView | None:
    """Return what the page shows, or ``None`` where no verdicts were asked for."""
    if asvs is None:
        return None
    chapters = [_chapter(asvs, number, name) for number, name in CHAPTERS.items()]
    columns = [f"L{level} {name}" for level in (1, 2) for name in COLUMNS.values()]
    return AsvsView(summary_of(asvs), jobs_of(asvs), columns, chapters, _chapter(asvs, None, "together"))


def _chapter(asvs: Asvs, number: int | None, name: str) -> AsvsChapterView:
    counts = [asvs.count(verdict, level=level, chapter=number) for level in (1, 2) for verdict in COLUMNS]
    listed = [_requirement(one) for one in asvs.requirements if one.chapter == number]
    return AsvsChapterView(number, name, counts, listed)


def _requirement(one: Requirement) -> RequirementView:
    return RequirementView(one, BADGES.get(one.verdict, ""), [cut(said, _LONGEST) for said in one.said])
