"""Headers that name the software behind the application."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....findings import Confidence, Severity
from ....target.answers import Answer
from ...answers.selection import problem
from ...observed import Observed
from ...rule import Match, Rule, checks

_ALWAYS = (
    "X-Powered-By",
    "X-Generator",
    "X-Runtime",
    "X-Runtime-Version",
    "X-Flask-Version",
    "X-Python-Version",
    "X-AspNet-Version",
)
_VERSION = re.compile(r"\d+\.\d+|/\d")

VERSIONS = Rule(
    id="headers.software-named",
    kind="runtime",
    control="headers.disclosure",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(200, 497),
    asvs=("V13.4.6",),
    title="Headers name software and version",
    why="Whoever looks for machines with a known hole searches for exactly this text. It serves nobody else.",
    fix="Do not send the header. What the server in front adds is switched off there (server_tokens off, and the "
    "like).",
    before='response.headers["X-Powered-By"] = f"Flask {version}"',
    after="# nothing: the header serves nobody",
    guard="It removes these headers where the application sets them; what a server adds later is out of its reach.",
    language="python",
    items=(76,),
)


@checks(VERSIONS, reads="answers")
def software_named(observed: Observed) -> Iterator[Match]:
    """Find headers that are there to name software, and a ``Server`` with a version."""
    for header in ("Server", *_ALWAYS):
        found = [answer for answer in observed.answers if _names(answer, header)]
        if found:
            words = f"{header} names software"
            yield problem(VERSIONS, observed.inspected, words, found, observed.answers, "answers", header=header)


def _names(answer: Answer, header: str) -> bool:
    value = answer.headers.get(header, "")
    return bool(value) and (header != "Server" or _VERSION.search(value) is not None)
