"""Browsers that guess: content types without ``nosniff``, and the old filter against injected scripts."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ....target.answers import Answer
from ...answers.selection import contents, problem, some
from ...observed import Observed
from ...rule import Match, Rule, checks

_HEADER = "X-Content-Type-Options"
_AUDITOR = "X-XSS-Protection"

NOSNIFF_MISSING = Rule(
    id="headers.nosniff-missing",
    kind="runtime",
    control="headers.nosniff",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(430, 436),
    asvs=("V3.4.4",),
    title="Browsers may guess the type of answers",
    why="A browser that finds HTML in a text or an image, or loads any answer as a script, runs what a visitor "
    "uploaded or wrote. nosniff makes it keep to the declared type.",
    fix="Send X-Content-Type-Options: nosniff with every answer, static files and errors included.",
    before='response.headers["X-Frame-Options"] = "DENY"',
    after='response.headers["X-Content-Type-Options"] = "nosniff"',
    guard="It sends it with every answer.",
    language="python",
    lesson="headers-sniffed",
    items=(64, 70),
)
XSS_AUDITOR = Rule(
    id="headers.xss-auditor-on",
    kind="runtime",
    control="headers.xss-auditor",
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    cwe=(693,),
    asvs=(),
    title="The filter of old browsers is switched on",
    why="X-XSS-Protection: 1 made browsers delete scripts of a page that stood in its address as well. Attackers used "
    "that to switch off scripts of their choice. Today's browsers do not have the filter.",
    fix="Send X-XSS-Protection: 0, or nothing.",
    before="X-XSS-Protection: 1; mode=block",
    after="X-XSS-Protection: 0",
    guard="It sends 0.",
    language="http",
    items=(68,),
)


@checks(NOSNIFF_MISSING, reads="answers", needs=some(contents))
def without_nosniff(observed: Observed) -> Iterator[Match]:
    """Find answers with content whose type a browser may guess; of several values the first counts (Fetch, 2.2.3)."""
    answers = contents(observed)
    found = [answer for answer in answers if _first(answer, _HEADER) != "nosniff"]
    if found:
        yield problem(NOSNIFF_MISSING, observed.inspected, "No nosniff", found, answers, "answers", header=_HEADER)


def _first(answer: Answer, header: str) -> str:
    return ",".join(answer.headers.getlist(header)).partition(",")[0].strip().lower()


def _with_auditor(observed: Observed) -> list[Answer]:
    return observed.where(lambda answer: _AUDITOR in answer.headers)


@checks(XSS_AUDITOR, reads="answers", needs=some(_with_auditor))
def auditor_on(observed: Observed) -> Iterator[Match]:
    """Find answers that switch the filter on without blocking the page."""
    answers = _with_auditor(observed)
    found = [answer for answer in answers if _first(answer, _AUDITOR).startswith("1")]
    if found:
        words = f"{_AUDITOR}: 1"
        yield problem(XSS_AUDITOR, observed.inspected, words, found, answers, "answers", header=_AUDITOR)
