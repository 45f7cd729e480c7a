"""Gives the cases to the analyser, and judges what it says of each."""

from __future__ import annotations

import tempfile
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from enum import Enum
from functools import partial
from pathlib import Path

from flask_garrison.audit.inspection import Inspection
from flask_garrison.findings import Confidence, Finding, Severity

from .cases import Case, Place
from .classes import RULES
from .extents import marked_places

Inspect = Callable[[Path], Inspection]


class Outcome(Enum):
    """What became of a case, in words for people."""

    FOUND = "found"
    DOUBTED = "found with low confidence only"
    ELSEWHERE = "found on another line only"
    MISSED = "not found"
    QUIET = "no false alarm"
    WHISPERED = "a false alarm of low confidence only"
    ALARM = "false alarm"
    FAILED = "the analyser failed"

    @property
    def wrong(self) -> bool:
        """Whether it counts against the analyser."""
        return self in (Outcome.ELSEWHERE, Outcome.MISSED, Outcome.ALARM, Outcome.FAILED)


@dataclass(frozen=True, slots=True)
class Found:
    """What is needed of a finding.

    Attributes:
        places: Where it stands: its own line, and that of the last step of each of its paths.
    """

    rule: str
    title: str
    severity: Severity
    confidence: Confidence
    places: tuple[Place, ...]

    def __str__(self) -> str:
        where = f"{self.places[0][0]}:{self.places[0][1]}" if self.places else "nowhere"
        return f"{where}: {self.rule} ({self.severity.label}, confidence {self.confidence.label}): {self.title}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a case.

    Attributes:
        own: What rules of its class found.
        stray: What other rules found, of severity high or above.
        extra: What rules of its class found on lines of a weak case that are not marked.
        not_checked: What the analyser could not look at; the error where it failed.
    """

    case: Case
    outcome: Outcome
    own: tuple[Found, ...] = ()
    stray: tuple[Found, ...] = ()
    extra: tuple[Found, ...] = ()
    not_checked: tuple[str, ...] = ()


def measure(chosen: Sequence[Case], inspect: Inspect | None = None, jobs: int = 1) -> list[Verdict]:
    """Give cases to the analyser, or to something else that takes a folder, in some processes."""
    judged = partial(examine, inspect=inspect or _analyser())
    if jobs == 1:
        return [judged(case) for case in chosen]
    with ProcessPoolExecutor(jobs) as pool:
        return list(pool.map(judged, chosen, chunksize=4))


def _analyser() -> Inspect:
    from flask_garrison.audit.code import inspect_code

    return inspect_code


def examine(case: Case, inspect: Inspect) -> Verdict:
    """Give one case to the analyser: a copy, without the marks and under a name that tells nothing."""
    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
        root = Path(scratch, "project").resolve()
        case.copy_to(root)
        # What Python says of a case's code would show it.
        warnings.simplefilter("ignore")
        try:
            outcome = inspect(root).outcome
        except Exception:
            return Verdict(case, Outcome.FAILED, not_checked=(traceback.format_exc(),))
        found = [found_of(finding, root) for finding in outcome.findings]
    return judge(case, found, tuple(f"{entry.what}: {entry.reason}" for entry in outcome.not_checked))


def found_of(finding: Finding, root: Path) -> Found:
    """Return what is needed of a finding in a folder."""
    places = tuple(_places(finding, root))
    return Found(finding.rule, finding.title, finding.severity, finding.confidence, places)


def _places(finding: Finding, root: Path) -> Iterator[Place]:
    paths = (item.data.get("steps") for item in finding.evidence if item.kind == "path")
    last = [(steps[-1].get("path"), steps[-1].get("line")) for steps in paths if steps]
    for path, line in [(finding.path, finding.line), *last]:
        inside = Path(path or "/").resolve()
        if isinstance(line, int) and inside.is_relative_to(root):
            yield inside.relative_to(root).as_posix(), line


def judge(case: Case, found: Iterable[Found], not_checked: tuple[str, ...] = ()) -> Verdict:
    """Say what became of a case in which this was found."""
    found = list(found)
    own = tuple(one for one in found if one.rule in RULES[case.kind])
    stray = tuple(one for one in found if one not in own and one.severity >= Severity.HIGH)
    marked = marked_places(case) if case.weak else set()
    hits = [one for one in own if not marked.isdisjoint(one.places)]
    extra = tuple(one for one in own if case.weak and one not in hits)
    outcome = _of_weak(hits, extra) if case.weak else _of_safe(own)
    return Verdict(case, outcome, own, stray, extra, not_checked)


def _of_weak(hits: Sequence[Found], extra: Sequence[Found]) -> Outcome:
    if not hits:
        return Outcome.ELSEWHERE if extra else Outcome.MISSED
    return Outcome.FOUND if _sure(hits) else Outcome.DOUBTED


def _of_safe(own: Sequence[Found]) -> Outcome:
    if not own:
        return Outcome.QUIET
    return Outcome.ALARM if _sure(own) else Outcome.WHISPERED


def _sure(found: Iterable[Found]) -> bool:
    return any(one.confidence > Confidence.LOW for one in found)
