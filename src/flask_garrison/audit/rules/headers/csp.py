"""Pages without a Content-Security-Policy on scripts: none, one that only reports, one on other things."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ....target.answers import Answer
from ...answers.csp import ENFORCED, REPORT_ONLY, all_allow, policies_of, unrestricted_scripts
from ...answers.selection import documents, only_errors, problem, some
from ...observed import Observed
from ...rule import Match, Rule, checks

_NONE = "No Content-Security-Policy"
_REPORTS = "A Content-Security-Policy that only reports"
_SILENT = "A Content-Security-Policy that says nothing on scripts"

CSP_MISSING = Rule(
    id="headers.csp-missing",
    kind="runtime",
    control="headers.csp",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(693, 1021),
    asvs=("V3.4.3",),
    title="Pages without a Content-Security-Policy that restricts scripts",
    why="One place that forgets to escape is enough for a script of an attacker to run with the rights of whoever "
    "reads the page. A policy by nonce is the second line: what the author did not write does not run. Errors count "
    "too, since a 404 repeats addresses and is written by nobody in particular. (Errors alone: severity low.)",
    fix="Send a policy that names a fresh nonce, on every answer and not in the report-only form.",
    before='response.headers["X-Frame-Options"] = "DENY"  # and no policy',
    after="Garrison(app)",
    guard="It sends such a policy with every answer, errors and static files included, and puts the nonces on the tags "
    "of your templates.",
    language="python",
    lesson="headers-csp-that-allows-everything",
    items=(64, 68),
)


@checks(CSP_MISSING, reads="answers", needs=some(documents))
def missing_policies(observed: Observed) -> Iterator[Match]:
    """Find pages on which no enforced policy restricts scripts."""
    pages = documents(observed)
    open_pages = [answer for answer in pages if all_allow(policies_of(answer), unrestricted_scripts)]
    for words in (_NONE, _REPORTS, _SILENT):
        found = [answer for answer in open_pages if _words(answer) == words]
        if found:
            severity = Severity.LOW if only_errors(found) else None
            header = {_REPORTS: REPORT_ONLY, _SILENT: ENFORCED}.get(words)
            yield problem(
                CSP_MISSING, observed.inspected, words, found, pages, "pages", header=header, severity=severity
            )


def _words(answer: Answer) -> str:
    if not all_allow(policies_of(answer, REPORT_ONLY), unrestricted_scripts):
        return _REPORTS
    return _SILENT if policies_of(answer) else _NONE
