"""Pages that any site may frame."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....findings import Confidence, Severity
from ....target.answers import Answer
from ...answers.framing import X_FRAME_OPTIONS, may_be_framed, unknown_values
from ...answers.selection import documents, only_errors, problem, some
from ...observed import Observed
from ...rule import Match, Rule, checks

_CLICKED = re.compile(rb"<(?:form|button)[\s>]", re.IGNORECASE)

FRAMEABLE = Rule(
    id="headers.frameable",
    kind="runtime",
    control="headers.framing",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(1021,),
    asvs=("V3.4.6",),
    title="Any site may frame pages",
    why="A page of an attacker shows yours invisibly over its own buttons, and the visitor clicks on yours. It matters "
    "where a click does something: pages without a form or button have severity low, and so have errors.",
    fix="Send frame-ancestors 'none' or 'self' in the Content-Security-Policy; X-Frame-Options for browsers that do "
    "not know it. ALLOW-FROM is ignored by all of today's.",
    before="X-Frame-Options: ALLOW-FROM https://partner.example",
    after="Content-Security-Policy: frame-ancestors 'self' https://partner.example",
    guard="It sends frame-ancestors and X-Frame-Options with every answer; frame_ancestors names who may frame.",
    language="http",
    lesson="headers-framed",
    items=(64, 71),
)
UNKNOWN_FRAME_OPTION = Rule(
    id="headers.unknown-frame-option",
    kind="runtime",
    control="headers.framing",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(1021, 1286),
    asvs=("V3.4.6",),
    title="X-Frame-Options has a value that browsers ignore",
    why="Its author meant to restrict framing. Browsers know DENY and SAMEORIGIN and ignore everything else.",
    fix="Write DENY or SAMEORIGIN; name single origins in frame-ancestors.",
    before="X-Frame-Options: ALLOW-FROM https://partner.example",
    after="Content-Security-Policy: frame-ancestors 'self' https://partner.example",
    guard="It replaces an unknown value by its own.",
    language="http",
    lesson="headers-framed",
    items=(71,),
)


@checks(FRAMEABLE, reads="answers", needs=some(documents))
def frameable(observed: Observed) -> Iterator[Match]:
    """Find pages that neither ``frame-ancestors`` nor ``X-Frame-Options`` keeps out of frames."""
    pages = documents(observed)
    found = [answer for answer in pages if may_be_framed(answer)]
    if found:
        severity = None if any(map(_has_something_to_click, found)) else Severity.LOW
        yield problem(FRAMEABLE, observed.inspected, "No limit on framing", found, pages, "pages", severity=severity)


def _has_something_to_click(answer: Answer) -> bool:
    return not only_errors([answer]) and _CLICKED.search(answer.body) is not None


def _with_header(observed: Observed) -> list[Answer]:
    return observed.where(lambda answer: X_FRAME_OPTIONS in answer.headers)


@checks(UNKNOWN_FRAME_OPTION, reads="answers", needs=some(_with_header))
def unknown_frame_options(observed: Observed) -> Iterator[Match]:
    """Find values of ``X-Frame-Options`` without effect."""
    answers = _with_header(observed)
    for value in sorted({value for answer in answers for value in unknown_values(answer)}):
        found = [answer for answer in answers if value in unknown_values(answer)]
        yield problem(
            UNKNOWN_FRAME_OPTION,
            observed.inspected,
            f"X-Frame-Options: {value.upper()[:40]}",
            found,
            answers,
            "answers",
            header=X_FRAME_OPTIONS,
        )
