"""Browser features that a page, or what it embeds, may use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....findings import Confidence, Severity
from ....target.answers import Answer
from ...answers.selection import documents, problem, some
from ...observed import Observed
from ...rule import Match, Rule, checks

_HEADER = "Permissions-Policy"
_POWERFUL = ("camera", "microphone", "geolocation", "payment", "usb", "serial", "hid", "bluetooth", "midi")
_WIDE = re.compile(r"(?:\A|,)\s*([a-z-]+)\s*=\s*(?:\*|\(\s*\*\s*\))", re.IGNORECASE)
_OLD_SYNTAX = re.compile(r"\A\s*[a-z-]+\s+(?:'|\*|https?:)", re.IGNORECASE)

FEATURES_MISSING = Rule(
    id="headers.permissions-policy-missing",
    kind="runtime",
    control="headers.permissions-policy",
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    cwe=(693,),
    asvs=(),
    title="Pages keep browser features that nothing uses",
    why="A script that is injected, or one of a supplier that was taken over, may ask for camera, microphone or "
    "position in the name of your site. What the site does not use can be switched off.",
    fix="Send a Permissions-Policy that names the features that the application uses.",
    before="# no Permissions-Policy",
    after="Permissions-Policy: camera=(), microphone=(), geolocation=()",
    guard="It switches off those of its list; permissions opens single ones.",
    language="http",
    items=(64, 73),
)
FEATURES_FOR_ALL = Rule(
    id="headers.permissions-policy-wide",
    kind="runtime",
    control="headers.permissions-policy",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(693, 1125),
    asvs=(),
    title="Every frame may use a powerful browser feature, or the header is ignored",
    why="* hands the feature to every frame that the page embeds, advertisements included, in the name of your site. A "
    "header in the syntax of the old Feature-Policy is ignored as a whole.",
    fix="Name self or single origins: camera=(self).",
    before="Permissions-Policy: camera=*",
    after="Permissions-Policy: camera=(self)",
    guard="What its own list denies stays denied, whatever the application sends.",
    language="http",
    items=(73,),
)


@checks(FEATURES_MISSING, reads="answers", needs=some(documents))
def features_missing(observed: Observed) -> Iterator[Match]:
    """Find pages without the header."""
    pages = documents(observed)
    found = [answer for answer in pages if _HEADER not in answer.headers]
    if found:
        yield problem(FEATURES_MISSING, observed.inspected, f"No {_HEADER}", found, pages, "pages")


def _with_header(observed: Observed) -> list[Answer]:
    return observed.where(lambda answer: _HEADER in answer.headers)


@checks(FEATURES_FOR_ALL, reads="answers", needs=some(_with_header))
def features_for_all(observed: Observed) -> Iterator[Match]:
    """Find powerful features that are open to every frame, and headers in the old syntax."""
    answers = _with_header(observed)
    for words in sorted({words for answer in answers for words in _remarks(answer)}):
        found = [answer for answer in answers if words in _remarks(answer)]
        yield problem(FEATURES_FOR_ALL, observed.inspected, words, found, answers, "answers", header=_HEADER)


def _remarks(answer: Answer) -> list[str]:
    value = ", ".join(answer.headers.getlist(_HEADER))
    if _OLD_SYNTAX.match(value):
        return [f"{_HEADER} in the old syntax, which browsers ignore,"]
    wide = {name.lower() for name in _WIDE.findall(value)}
    return [f"{_HEADER}: {name}=*" for name in _POWERFUL if name in wide]
