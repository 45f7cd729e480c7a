"""Answers to requests that state a host name which is not the application's."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ....target.answers import Answer
from ...answers.forged import followed, forged_host, is_name
from ...answers.selection import problem, some
from ...observed import Observed
from ...rule import Match, Rule, checks

_PLAIN = ("view", "streamed", "redirect")

FORGED_HOST = Rule(
    id="transport.forged-host-followed",
    kind="runtime",
    control="transport.hosts",
    severity=Severity.HIGH,
    confidence=Confidence.PROVED,
    cwe=(640, 644, 941),
    asvs=("V6.4.3",),
    title="Answers lead to whatever host the request states",
    why="The run stated a foreign name, and the answer's addresses point there. In a mail that resets a password such "
    "an address carries the token to the attacker; in a cache it waits for everybody.",
    fix="Declare the names that the application answers to, so that others are refused.",
    before='url_for("reset", token=token, _external=True)  # under any host',
    after='Garrison(app, hosts=["www.shop.example"])',
    guard="With hosts declared it refuses other names before the view is called.",
    language="python",
    lesson="transport-trust-the-proxy",
    items=(22, 41, 42),
)
UNDECLARED_ACCEPTED = Rule(
    id="transport.foreign-host-answered",
    kind="runtime",
    control="transport.hosts",
    severity=Severity.LOW,
    confidence=Confidence.PROVED,
    cwe=(350, 941),
    asvs=("V6.4.3",),
    title="A host name that is not declared is answered",
    why="A request under a foreign name got what it gets under the application's own. Every absolute link that is made "
    "then leads where the request says, in mails and caches too, and a page whose name is made to resolve to this "
    "server reads its answers. (Low where names are declared and the declaration does not do what its author thinks, "
    "medium where none are and the application refuses foreign ones by no other means.)",
    fix="Declare the names, let the control enforce, and keep patterns such as .example.com to domains that are yours "
    "alone. SERVER_NAME declares none: Flask does not compare it.",
    before='Garrison(app, hosts=["www.shop.example"], modes={"transport.hosts": "observe"})',
    after='Garrison(app, hosts=["www.shop.example"])',
    guard="In enforce it refuses every name that is not declared.",
    language="python",
    lesson="transport-trust-the-proxy",
    items=(22, 23),
    seen_by=(FORGED_HOST.id,),
)


def _forged(observed: Observed) -> list[Answer]:
    return observed.where(lambda answer: bool(forged_host(answer)))


@checks(FORGED_HOST, reads="answers", needs=some(_forged))
def forged_hosts(observed: Observed) -> Iterator[Match]:
    """Find answers whose addresses lead to the forged host."""
    answers = _forged(observed)
    found = [answer for answer in answers if followed(answer)]
    if found:
        words, noun = "Addresses of the forged host", "answers under a foreign host"
        yield problem(FORGED_HOST, observed.inspected, words, found, answers, noun, header="Location")


def _declares(observed: Observed) -> bool:
    inspected = observed.inspected
    return bool(inspected.policy and inspected.policy.hosts) or bool(inspected.config.get("TRUSTED_HOSTS"))


@checks(UNDECLARED_ACCEPTED, reads="answers", needs=some(_forged))
def foreign_hosts(observed: Observed) -> Iterator[Match]:
    """Find answers under a name that the application did not declare, and applications that take every name."""
    answers = [answer for answer in _forged(observed) if is_name(answer)]
    declares = _declares(observed)
    found = [answer for answer in answers if answer.status < 400] if declares else _as_under_its_own(observed, answers)
    # Without a declaration an application may compare the name itself, and leave out what a load balancer asks for.
    if not found or (not declares and len(found) <= len(answers) - len(found)):
        return
    words, noun = "A foreign host accepted", "answers under a foreign host"
    severity = None if declares else Severity.MEDIUM
    yield problem(UNDECLARED_ACCEPTED, observed.inspected, words, found, answers, noun, severity=severity)


def _as_under_its_own(observed: Observed, answers: list[Answer]) -> list[Answer]:
    """Return the answers that have the status of the same request under the application's own name."""
    own = {answer.url: answer.status for answer in observed.where(_is_plain)}
    return [answer for answer in answers if answer.status == own.get(answer.url, 200)]


def _is_plain(answer: Answer) -> bool:
    return answer.case in _PLAIN and answer.method == "GET" and not answer.user
