"""Methods beside the usual ones: TRACE, and HEAD where it answers otherwise than GET."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ....target.answers import Answer
from ...answers.selection import problem, some
from ...observed import Observed
from ...rule import Match, Rule, checks

_REFUSED = (401, 403, 404)

TRACE = Rule(
    id="assessment.trace-answered",
    kind="runtime",
    control="assessment.configuration-audit",
    severity=Severity.LOW,
    confidence=Confidence.PROVED,
    cwe=(650, 749),
    asvs=("V13.4.4",),
    title="TRACE is answered",
    why="It sends the request back, with the headers that a proxy added and a script must not see.",
    fix="Do not name TRACE among the methods of a route, and switch it off in the server in front.",
    before='@app.route("/echo", methods=["GET", "TRACE"])',
    after='@app.route("/echo", methods=["GET"])',
    guard="Nothing: Flask refuses TRACE unless a route takes it.",
    language="python",
    items=(49,),
)
HEAD_DIFFERS = Rule(
    id="assessment.head-differs",
    kind="runtime",
    control="assessment.configuration-audit",
    severity=Severity.LOW,
    confidence=Confidence.PROVED,
    cwe=(436, 650),
    asvs=(),
    title="HEAD is answered otherwise than GET",
    why="A check that asks for the method GET is passed by with HEAD: the view runs, and its status and headers tell "
    "what it found. Where GET is refused and HEAD is not, severity is medium.",
    fix="Decide by what the request does, not by the name of the method.",
    before='if request.method == "GET" and not logged_in():\n    abort(403)',
    after="if not logged_in():\n    abort(403)",
    guard="Its own checks treat HEAD as GET.",
    language="python",
    items=(59, 67),
)


def _traces(observed: Observed) -> list[Answer]:
    return observed.where(lambda answer: answer.method == "TRACE")


@checks(TRACE, reads="answers", needs=some(_traces))
def traces(observed: Observed) -> Iterator[Match]:
    """Find TRACE answered with success."""
    answers = _traces(observed)
    found = [answer for answer in answers if answer.status < 300]
    if found:
        yield problem(TRACE, observed.inspected, "TRACE answered", found, answers, "requests with TRACE")


def _heads(observed: Observed) -> list[Answer]:
    """Return the answers to HEAD that have one to GET beside them."""
    gets = {(answer.url, answer.user) for answer in observed.answers if _is_plain_get(answer)}
    return [answer for answer in observed.answers if answer.method == "HEAD" and (answer.url, answer.user) in gets]


def _is_plain_get(answer: Answer) -> bool:
    return answer.method == "GET" and answer.case in ("view", "static", "streamed", "redirect")


@checks(HEAD_DIFFERS, reads="answers", needs=some(_heads))
def heads(observed: Observed) -> Iterator[Match]:
    """Find addresses whose status under HEAD is never that under GET."""
    answers = _heads(observed)
    by_get: dict[tuple[str, str], set[int]] = {}
    for answer in filter(_is_plain_get, observed.answers):
        by_get.setdefault((answer.url, answer.user), set()).add(answer.status)
    odd = [answer for answer in answers if _differs(answer.status, by_get[answer.url, answer.user])]
    passed = [one for one in odd if _passes(one, by_get[one.url, one.user])]
    others = [one for one in odd if not _passes(one, by_get[one.url, one.user])]
    for words, found, severity in (
        ("HEAD let through where GET is refused", passed, Severity.MEDIUM),
        ("Another status for HEAD than for GET", others, None),
    ):
        if found:
            noun = "requests with HEAD"
            yield problem(HEAD_DIFFERS, observed.inspected, words, found, answers, noun, severity=severity)


def _differs(status: int, known: set[int]) -> bool:
    # 405 is a decision of the author, and 429 or 503 one of the moment.
    return status not in known and status not in (405, 429, 501, 503)


def _passes(answer: Answer, known: set[int]) -> bool:
    return answer.status < 400 and known <= {*_REFUSED}
