"""Windows and documents of other origins: opener, resource and embedder policies."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ....target.answers import Answer
from ...answers.selection import contents, documents, problem, some
from ...observed import Observed
from ...rule import Match, Rule, checks

_OPENER = "Cross-Origin-Opener-Policy"
_RESOURCE = "Cross-Origin-Resource-Policy"
_EMBEDDER = "Cross-Origin-Embedder-Policy"
_SEPARATED = ("same-origin", "same-origin-allow-popups", "noopener-allow-popups")
_KNOWN = {
    _OPENER: (*_SEPARATED, "unsafe-none"),
    _RESOURCE: ("same-origin", "same-site", "cross-origin"),
    _EMBEDDER: ("require-corp", "credentialless", "unsafe-none"),
}

OPENER_POLICY = Rule(
    id="headers.opener-policy",
    kind="runtime",
    control="headers.cross-origin",
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    cwe=(346, 1022),
    asvs=("V3.4.8",),
    title="Windows of other sites keep a handle on pages",
    why="A page that opened yours can count its frames, see when it navigates and send it elsewhere while the visitor "
    "looks away. The policy cuts that handle.",
    fix="Send Cross-Origin-Opener-Policy: same-origin-allow-popups, which logins in a popup survive, or same-origin.",
    before="# no Cross-Origin-Opener-Policy",
    after="Cross-Origin-Opener-Policy: same-origin-allow-popups",
    guard="It sends same-origin-allow-popups; opener_policy changes it.",
    language="http",
    items=(64, 74),
)
RESOURCE_POLICY = Rule(
    id="headers.resource-policy",
    kind="runtime",
    control="headers.cross-origin",
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    cwe=(346, 668),
    asvs=("V3.5.8",),
    title="Other sites may load answers that were made for one user",
    why="A page of another site can load the answer as an image or script with the visitor's cookies, and learn from "
    "its size, its errors or a fault of the processor what it says.",
    fix="Send Cross-Origin-Resource-Policy: same-origin with answers that are made for one user.",
    before="# no Cross-Origin-Resource-Policy",
    after="Cross-Origin-Resource-Policy: same-origin",
    guard="It sends same-origin with pages and data, same-site with other files.",
    language="http",
    items=(74,),
)
ISOLATION_MISTAKE = Rule(
    id="headers.isolation-mistake",
    kind="runtime",
    control="headers.cross-origin",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(1286,),
    asvs=("V3.4.8", "V3.5.8"),
    title="An isolation header has a value that browsers ignore",
    why="A browser takes an unknown value, or two that contradict each other, for no header at all.",
    fix="Write one value that the header knows; the finding names them.",
    before="Cross-Origin-Opener-Policy: sameorigin",
    after="Cross-Origin-Opener-Policy: same-origin",
    guard="It replaces an unknown value by its own.",
    language="http",
    items=(74,),
)


def _value(answer: Answer, header: str) -> str:
    return ", ".join(answer.headers.getlist(header)).partition(";")[0].strip().strip('"').lower()


@checks(OPENER_POLICY, reads="answers", needs=some(documents))
def opener_policy(observed: Observed) -> Iterator[Match]:
    """Find pages whose window is shared with pages of other origins."""
    pages = documents(observed)
    found = [answer for answer in pages if _value(answer, _OPENER) not in _SEPARATED]
    if found:
        words = f"No {_OPENER} that separates"
        yield problem(OPENER_POLICY, observed.inspected, words, found, pages, "pages", header=_OPENER)


def _of_users(observed: Observed) -> list[Answer]:
    return [answer for answer in contents(observed) if answer.user and answer.status < 400]


@checks(RESOURCE_POLICY, reads="answers", needs=some(_of_users))
def resource_policy(observed: Observed) -> Iterator[Match]:
    """Find answers to a user who is logged in that say nothing on who may load them."""
    answers = _of_users(observed)
    found = [answer for answer in answers if _value(answer, _RESOURCE) not in _KNOWN[_RESOURCE]]
    if found:
        words, noun = f"No {_RESOURCE}", "answers to users who are logged in"
        yield problem(RESOURCE_POLICY, observed.inspected, words, found, answers, noun, header=_RESOURCE)


def _with_isolation(observed: Observed) -> list[Answer]:
    return observed.where(lambda answer: any(header in answer.headers for header in _KNOWN))


@checks(ISOLATION_MISTAKE, reads="answers", needs=some(_with_isolation))
def isolation_mistakes(observed: Observed) -> Iterator[Match]:
    """Find values that no browser knows."""
    answers = _with_isolation(observed)
    for header, known in _KNOWN.items():
        for value in sorted({_value(one, header) for one in answers if header in one.headers} - set(known)):
            found = [answer for answer in answers if header in answer.headers and _value(answer, header) == value]
            yield problem(
                ISOLATION_MISTAKE,
                observed.inspected,
                f"{header}: {value[:60]}",
                found,
                answers,
                "answers",
                header=header,
                fix=f"{header} knows {', '.join(known)}.",
            )
