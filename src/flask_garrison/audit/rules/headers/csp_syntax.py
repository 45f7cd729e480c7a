"""Content-Security-Policies that say something else than their author meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ....findings import Confidence, Severity
from ....target.answers import Answer
from ...answers.csp import ENFORCED, REPORT_ONLY
from ...answers.csp_syntax import mistakes_in
from ...answers.selection import problem, some
from ...observed import Observed
from ...rule import Match, Rule, checks

CSP_MISTAKE = Rule(
    id="headers.csp-mistake",
    kind="runtime",
    control="headers.csp",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(693, 1286),
    asvs=("V3.4.3",),
    title="A part of the policy has no effect",
    why="Browsers ignore what they do not understand and say so in a console that nobody reads. A keyword without "
    "quotes is a host name; a word too many makes 'none' nothing; a directive after a forgotten semicolon is a source.",
    fix="Correct the text that the finding names.",
    before="Content-Security-Policy: script-src self; object-src none base-uri none",
    after="Content-Security-Policy: script-src 'self'; object-src 'none'; base-uri 'none'",
    guard="It makes its policy from data, so it has no such mistake. Of a policy that the application sends it keeps "
    "what it understands.",
    language="http",
    lesson="headers-csp-that-allows-everything",
    items=(68,),
)


def _with_policy(observed: Observed) -> list[Answer]:
    return observed.where(lambda answer: ENFORCED in answer.headers or REPORT_ONLY in answer.headers)


@checks(CSP_MISTAKE, reads="answers", needs=some(_with_policy))
def mistakes(observed: Observed) -> Iterator[Match]:
    """Find each mistake once, with the answers that have it."""
    answers = _with_policy(observed)
    for header in (ENFORCED, REPORT_ONLY):
        by_words: dict[str, list[Answer]] = defaultdict(list)
        for answer in answers:
            for words in _in_header(answer, header):
                by_words[words].append(answer)
        for words, found in by_words.items():
            yield problem(CSP_MISTAKE, observed.inspected, words, found, answers, "answers", header=header)


def _in_header(answer: Answer, header: str) -> set[str]:
    texts = [part for value in answer.headers.getlist(header) for part in value.split(",")]
    return {words for text in texts for words in mistakes_in(text)}
