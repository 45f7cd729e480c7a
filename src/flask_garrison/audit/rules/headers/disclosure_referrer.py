"""What other sites learn of the address that a visitor came from."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ....target.answers import Answer
from ...answers.selection import documents, problem, some
from ...observed import Observed
from ...rule import Match, Rule, checks

_HEADER = "Referrer-Policy"
_WHOLE_ADDRESS = ("unsafe-url", "no-referrer-when-downgrade")
_VALUES = """
no-referrer no-referrer-when-downgrade same-origin origin strict-origin origin-when-cross-origin
strict-origin-when-cross-origin unsafe-url
"""
_KNOWN = frozenset(_VALUES.split())

REFERRER_LEAK = Rule(
    id="headers.referrer-leak",
    kind="runtime",
    control="headers.referrer-policy",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(200, 598),
    asvs=("V3.4.5", "V14.2.3"),
    title="Other sites see the whole address that a visitor came from",
    why="Every link, image and script of another site is told the path and query of the page: names, search terms, "
    "tokens of mails. unsafe-url sends them even without encryption.",
    fix="Send Referrer-Policy: strict-origin-when-cross-origin, or same-origin.",
    before="Referrer-Policy: unsafe-url",
    after="Referrer-Policy: strict-origin-when-cross-origin",
    guard="It sends the stricter of the application's value and its own.",
    language="http",
    items=(72,),
)
REFERRER_POLICY_MISSING = Rule(
    id="headers.referrer-policy-missing",
    kind="runtime",
    control="headers.referrer-policy",
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    cwe=(200,),
    asvs=("V3.4.5",),
    title="Pages leave the referrer to the browser",
    why="Today's browsers send the origin alone to other sites by themselves; older ones and some that a user or "
    "company configured send the whole address. The header makes it the same everywhere.",
    fix="Send Referrer-Policy: strict-origin-when-cross-origin.",
    before="# no Referrer-Policy",
    after="Referrer-Policy: strict-origin-when-cross-origin",
    guard="It sends one with every answer.",
    language="http",
    items=(64, 72),
)


def _effective(answer: Answer) -> str:
    """Return the last value that browsers know (Referrer Policy, 8.1); empty for none."""
    words = [word.strip().lower() for value in answer.headers.getlist(_HEADER) for word in value.split(",")]
    return next((word for word in reversed(words) if word in _KNOWN), "")


@checks(REFERRER_LEAK, reads="answers", needs=some(documents))
def leaks(observed: Observed) -> Iterator[Match]:
    """Find pages that ask browsers for the whole address."""
    pages = documents(observed)
    for value in _WHOLE_ADDRESS:
        found = [answer for answer in pages if _effective(answer) == value]
        if found:
            words = f"{_HEADER}: {value}"
            yield problem(REFERRER_LEAK, observed.inspected, words, found, pages, "pages", header=_HEADER)


@checks(REFERRER_POLICY_MISSING, reads="answers", needs=some(documents))
def missing(observed: Observed) -> Iterator[Match]:
    """Find pages without a value that browsers know."""
    pages = documents(observed)
    found = [answer for answer in pages if not _effective(answer)]
    if found:
        words = "No Referrer-Policy that browsers know"
        yield problem(REFERRER_POLICY_MISSING, observed.inspected, words, found, pages, "pages", header=_HEADER)
