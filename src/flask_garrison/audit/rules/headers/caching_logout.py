"""Logouts that leave in the browser what it kept for the user."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....findings import Confidence, Severity
from ....target.answers import Answer
from ...answers.selection import problem, some
from ...observed import Observed
from ...rule import Match, Rule, checks

_HEADER = "Clear-Site-Data"
_LOGOUT = re.compile(r"(?:\A|[/_.-])(?:log|sign)[-_]?(?:out|off)(?:\Z|[/_.-])", re.IGNORECASE)

CLEAR_SITE_DATA = Rule(
    id="headers.clear-site-data-missing",
    kind="runtime",
    control="headers.clear-site-data",
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    cwe=(525,),
    asvs=("V14.3.1",),
    title="Logout leaves in the browser what it kept",
    why="Pages in the cache and what scripts stored stay readable to the next person at the machine.",
    fix='Send Clear-Site-Data: "cache", "storage" with the answer to a logout. The cookies are deleted by name.',
    before='session.clear()\nreturn redirect("/")',
    after='session.clear()\nreturn clear_site_data(redirect("/"))  # from flask_garrison',
    guard="It brings clear_site_data() for this; it cannot know which view logs out.",
    language="python",
    items=(80,),
)


def logouts(observed: Observed) -> list[Answer]:
    """Return the answers of routes that log out, as far as their names tell."""
    own = observed.where(lambda answer: answer.case != "stand-in")
    names = [(answer, f"{answer.endpoint or ''} {answer.route or ''}".split()) for answer in own]
    done = [answer for answer, words in names if answer.method != "OPTIONS" and any(map(_LOGOUT.search, words))]
    # What asks to confirm, or refuses, has not logged out yet.
    return [answer for answer in done if answer.status < 400 and b"<form" not in answer.body.lower()]


@checks(CLEAR_SITE_DATA, reads="answers", needs=some(logouts))
def without_clearing(observed: Observed) -> Iterator[Match]:
    """Find logouts without the header; logouts that the run left out are listed by the run itself."""
    answers = logouts(observed)
    found = [answer for answer in answers if not answer.headers.get(_HEADER, "").strip()]
    if found:
        yield problem(CLEAR_SITE_DATA, observed.inspected, f"No {_HEADER}", found, answers, "logouts")
