"""Verdicts on the requirements of OWASP ASVS 5.0, levels 1 and 2, and their JSON form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

CHAPTERS: Mapping[int, str] = {
    1: "encoding and cleaning",
    2: "validation and business logic",
    3: "the browser's side",
    4: "APIs and HTTP messages",
    5: "files",
    6: "authentication",
    7: "sessions",
    8: "authorisation",
    9: "self-contained tokens",
    10: "OAuth and OpenID Connect",
    11: "cryptography",
    12: "encrypted connections",
    13: "configuration",
    14: "protection of data",
    15: "code and components",
    16: "logs and errors",
    17: "WebRTC",
}
"""The chapters of the standard by number, in words of our own."""

JOBS = ("audit", "check", "pentest", "deps", "tls", "db")
"""The commands that answer requirements; each requirement that is answered was answered by one of them."""


class Verdict(Enum):
    """What a run can say of one requirement."""

    MET = "met"
    NOT_MET = "not_met"
    NEEDS_PERSON = "needs_person"
    NOT_APPLICABLE = "not_applicable"

    @property
    def words(self) -> str:
        """The verdict for people."""
        return {"needs_person": "needs a person"}.get(self.value, self.value.replace("_", " "))


_SAID = {
    Verdict.MET: "evidence",
    Verdict.NOT_MET: "evidence",
    Verdict.NEEDS_PERSON: "seen",
    Verdict.NOT_APPLICABLE: "reason",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One requirement with its verdict.

    Attributes:
        id: As the standard numbers it, such as ``V3.4.4``.
        level: 1 or 2.
        question: Yes to it means *met*.
        said: The evidence of *met* and *not met*, the reason of *not applicable*, what was seen that helps a person.
        job: The command that answered it, one of :data:`JOBS`; ``None`` where a person must.
    """

    id: str
    level: int
    verdict: Verdict
    question: str
    said: tuple[str, ...] = ()
    job: str | None = None

    @property
    def chapter(self) -> int:
        """Number of the standard's chapter."""
        return int(self.id[1:].partition(".")[0])

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form; ``reason`` is text, ``evidence`` and ``seen`` are lists."""
        said: Any = " ".join(self.said) if self.verdict is Verdict.NOT_APPLICABLE else list(self.said)
        return {
            "id": self.id,
            "level": self.level,
            "verdict": self.verdict.value,
            "question": self.question,
            _SAID[self.verdict]: said,
            "job": self.job,
        }


@dataclass(frozen=True, slots=True)
class Asvs:
    """The verdicts of one run.

    Attributes:
        requirements: In the order of the standard.
        full: Whether text for people lists each requirement; not part of the JSON form.
    """

    requirements: Sequence[Requirement]
    full: bool = False

    def count(self, verdict: Verdict, *, level: int | None = None, chapter: int | None = None) -> int:
        """Count the requirements with a verdict, of one level and one chapter where they are named."""
        return sum(
            one.verdict is verdict and level in (None, one.level) and chapter in (None, one.chapter)
            for one in self.requirements
        )

    def by_job(self) -> dict[str, int]:
        """Count the requirements that each command answered, zeros included."""
        counts = Counter(one.job for one in self.requirements)
        return {job: counts[job] for job in JOBS}

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form of ``summary.asvs``."""
        return {
            **{verdict.value: self.count(verdict) for verdict in Verdict},
            "by_job": self.by_job(),
            "requirements": [one.as_dict() for one in self.requirements],
        }


def asvs_from(data: Mapping[str, Any]) -> Asvs:
    """Return the verdicts that :meth:`Asvs.as_dict` wrote."""
    return Asvs([_requirement_from(entry) for entry in data["requirements"]])


def _requirement_from(data: Mapping[str, Any]) -> Requirement:
    verdict = Verdict(data["verdict"])
    said = data[_SAID[verdict]]
    return Requirement(
        id=str(data["id"]),
        level=int(data["level"]),
        verdict=verdict,
        question=str(data["question"]),
        said=(said,) if isinstance(said, str) else tuple(map(str, said)),
        job=data["job"],
    )
