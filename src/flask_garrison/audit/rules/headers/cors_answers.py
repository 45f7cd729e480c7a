"""Answers that any page on the web may read."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ....target.answers import Answer
from ...answers.caching import is_withheld, vary
from ...answers.cookies import cookies_set, is_identity
from ...answers.selection import problem, some
from ...answers.sharing import ALLOW_ORIGIN, allowed, asked_from, is_refused_by_browsers, with_credentials
from ...observed import Observed
from ...rule import Match, Rule, checks

_AFTER = 'Garrison(app, cors_credentialed_origins=["https://app.shop.example"])'

CORS_REFLECTED = Rule(
    id="headers.cors-any-origin",
    kind="runtime",
    control="headers.cors",
    severity=Severity.HIGH,
    confidence=Confidence.PROVED,
    cwe=(346, 942),
    asvs=("V3.4.2",),
    title="Any page on the web may read answers with the visitor's cookies",
    why="The origin of the request is handed back as allowed, with credentials. A page of an attacker then reads, as "
    "the visitor, whatever these routes answer, form tokens included. Where nothing shows that the application knows "
    "its visitors by cookies, severity is medium; without credentials, low: that is a * in other words.",
    fix="Compare the origin with a written list, whole and exactly.",
    before='CORS(app, origins="*", supports_credentials=True)',
    after=_AFTER,
    guard="It removes such headers, and shares with the origins of its own lists.",
    language="python",
    lesson="headers-cors-for-all",
    items=(65,),
)
CORS_NULL = Rule(
    id="headers.cors-null-origin",
    kind="runtime",
    control="headers.cors",
    severity=Severity.HIGH,
    confidence=Confidence.PROVED,
    cwe=(346, 942),
    asvs=("V3.4.2",),
    title="Pages without an origin may read answers with the visitor's cookies",
    why="null is no one's name: a frame with sandbox, a data: address and a saved file all have it, so any attacker "
    "has it for the asking. (Without signs of a login by cookie severity is medium, without credentials low.)",
    fix="Delete null from the list of origins.",
    before='CORS(app, origins=["null"], supports_credentials=True)',
    after=_AFTER,
    guard="It removes the headers where null comes with credentials.",
    language="python",
    lesson="headers-cors-for-all",
    items=(65,),
)
CORS_BROKEN = Rule(
    id="headers.cors-refused",
    kind="runtime",
    control="headers.cors",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(942, 1286),
    asvs=(),
    title="CORS headers that every browser refuses",
    why="* together with credentials, two origins in one header or an origin with a path share with nobody. The next "
    "change that makes it work tends to hand back whatever origin asks.",
    fix="Name one origin, that of the request, if it is in the list; or * without credentials for what is public.",
    before="Access-Control-Allow-Origin: *\nAccess-Control-Allow-Credentials: true",
    after="Access-Control-Allow-Origin: https://app.shop.example\nAccess-Control-Allow-Credentials: true\nVary: Origin",
    guard="It takes the credentials away from a *.",
    language="http",
    lesson="headers-cors-for-all",
    items=(65,),
)
CORS_VARY = Rule(
    id="headers.cors-vary-missing",
    kind="runtime",
    control="headers.cors",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(524,),
    asvs=(),
    title="Answers depend on the origin that asks and do not say so",
    why="A cache that does not know it hands the answer for one origin to another: the partner's page stops working, "
    "or a stranger's starts.",
    fix='response.vary.add("Origin") on every answer of such a route, whoever asks.',
    before='response.headers["Access-Control-Allow-Origin"] = origin',
    after='response.headers["Access-Control-Allow-Origin"] = origin\nresponse.vary.add("Origin")',
    guard="It adds Vary: Origin.",
    language="python",
    items=(65,),
)


def _foreign(observed: Observed) -> list[Answer]:
    """Return the answers to pages of other origins; those to ``null`` are one kind of them."""
    return observed.where(lambda answer: bool(asked_from(answer)))


@checks(CORS_REFLECTED, reads="answers", needs=some(_foreign))
def reflected(observed: Observed) -> Iterator[Match]:
    """Find answers that name the foreign origin that asked."""
    answers = [answer for answer in _foreign(observed) if asked_from(answer).lower() != "null"]
    found = list(filter(_reflects, answers))
    yield from _shared(CORS_REFLECTED, observed, "Whatever origin asks is allowed", found, answers)


def _reflects(answer: Answer) -> bool:
    return asked_from(answer).lower() not in ("", "null") and allowed(answer).lower() == asked_from(answer).lower()


@checks(CORS_NULL, reads="answers", needs=some(_foreign))
def null_origin(observed: Observed) -> Iterator[Match]:
    """Find answers that are shared with ``null``; where every origin is, that is the finding."""
    answers = _foreign(observed)
    told = {(answer.url, with_credentials(answer)) for answer in filter(_reflects, answers)}
    found = [one for one in answers if allowed(one) == "null" and (one.url, with_credentials(one)) not in told]
    yield from _shared(CORS_NULL, observed, "null is allowed", found, answers)


def _shared(rule: Rule, observed: Observed, words: str, found: list[Answer], among: list[Answer]) -> Iterator[Match]:
    cookied = [answer for answer in found if with_credentials(answer)]
    bare = [answer for answer in found if not with_credentials(answer)]
    worst = Severity.HIGH if _knows_by_cookie(observed) else Severity.MEDIUM
    for what, group, severity in ((f"{words} with credentials", cookied, worst), (words, bare, Severity.LOW)):
        if group:
            noun = "answers to pages of other origins"
            yield problem(rule, observed.inspected, what, group, among, noun, header=ALLOW_ORIGIN, severity=severity)


def _knows_by_cookie(observed: Observed) -> bool:
    """Return whether some answer shows that visitors are known by a cookie."""
    app = observed.inspected.app
    if any(is_identity(app, name) for name in cookies_set(observed)):
        return True
    return any(answer.user or "cookie" in vary(answer) for answer in observed.answers)


def _sharing(observed: Observed) -> list[Answer]:
    return observed.where(lambda answer: ALLOW_ORIGIN in answer.headers)


def _shared_across(observed: Observed) -> list[Answer]:
    return [answer for answer in _sharing(observed) if asked_from(answer)]


@checks(CORS_BROKEN, reads="answers", needs=some(_shared_across))
def refused_by_browsers(observed: Observed) -> Iterator[Match]:
    """Find headers that share with nobody; where no other origin asked, no browser reads them."""
    answers = _shared_across(observed)
    found = [answer for answer in answers if is_refused_by_browsers(answer)]
    if found:
        words, noun = "CORS headers that browsers refuse", "answers with such headers"
        yield problem(CORS_BROKEN, observed.inspected, words, found, answers, noun, header=ALLOW_ORIGIN)


@checks(CORS_VARY, reads="answers", needs=some(_sharing))
def without_vary(observed: Observed) -> Iterator[Match]:
    """Find answers that are shared with one origin now and with another then, and do not say so."""
    answers = [answer for answer in _sharing(observed) if answer.method in ("GET", "HEAD")]
    by_url: dict[str, set[str]] = {}
    for answer in answers:
        by_url.setdefault(answer.url, set()).add(allowed(answer))
    found = [answer for answer in answers if len(by_url[answer.url]) > 1 and _may_be_mixed_up(answer)]
    if found:
        words, noun = "No Vary: Origin", "answers that are shared"
        yield problem(CORS_VARY, observed.inspected, words, found, answers, noun, header="Vary")


def _may_be_mixed_up(answer: Answer) -> bool:
    return "origin" not in vary(answer) and not is_withheld(answer)
