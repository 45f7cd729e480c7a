"""Nonces that an attacker knows beforehand: used twice, or short enough to guess."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ....target.answers import Answer
from ...answers.nonces import nonces_of, reused, short
from ...answers.selection import problem, some
from ...observed import Observed
from ...rule import Match, Rule, checks

_FIXED = "NONCE = secrets.token_urlsafe(16)  # once, at start\nheader = f\"script-src 'nonce-{NONCE}'\""

NONCE_REUSED = Rule(
    id="headers.nonce-reused",
    kind="runtime",
    control="headers.csp",
    severity=Severity.MEDIUM,
    confidence=Confidence.PROVED,
    cwe=(323, 330, 693),
    asvs=("V3.4.3",),
    title="A nonce is used for more than one answer",
    why="Whoever saw one page knows the nonce of the next and writes it on the script that he injects: the policy lets "
    "it run. Whole pages in a cache have the same effect.",
    fix="Make a nonce for each answer, and cache what goes into pages instead of pages.",
    before=_FIXED,
    after="nonce = secrets.token_urlsafe(16)  # in before_request, kept in g\nheader = f\"script-src 'nonce-{nonce}'\"",
    guard="It makes one for each answer, also for pages that come from a cache.",
    language="python",
    lesson="headers-csp-that-allows-everything",
    items=(68,),
)
NONCE_SHORT = Rule(
    id="headers.nonce-short",
    kind="runtime",
    control="headers.csp",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(331, 334),
    asvs=("V3.4.3", "V11.5.1"),
    title="A nonce has less than 128 bits",
    why="CSP Level 3 asks for 128 random bits. Fewer can be guessed or met by chance, and digits hold little more than "
    "three bits each.",
    fix="Use secrets.token_urlsafe(16).",
    before="nonce = str(random.randint(0, 10**9))",
    after="nonce = secrets.token_urlsafe(16)",
    guard="Its nonces have 128 bits of the operating system's generator.",
    language="python",
    lesson="headers-csp-that-allows-everything",
    items=(68,),
)


def _with_nonce(observed: Observed) -> list[Answer]:
    return observed.where(lambda answer: bool(nonces_of(answer)))


@checks(NONCE_REUSED, reads="answers", needs=some(_with_nonce))
def reused_nonces(observed: Observed) -> Iterator[Match]:
    """Find answers that share a nonce, whichever requests they answer."""
    answers = _with_nonce(observed)
    found = reused(answers)
    if found:
        words = "The nonce of another answer"
        yield problem(NONCE_REUSED, observed.inspected, words, found, answers, "answers with a nonce")


@checks(NONCE_SHORT, reads="answers", needs=some(_with_nonce))
def short_nonces(observed: Observed) -> Iterator[Match]:
    """Find nonces that cannot hold 128 bits."""
    answers = _with_nonce(observed)
    found = short(answers)
    if found:
        words = "A nonce of less than 128 bits"
        yield problem(NONCE_SHORT, observed.inspected, words, found, answers, "answers with a nonce")
