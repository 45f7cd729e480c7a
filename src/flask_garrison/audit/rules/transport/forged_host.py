"""Answers to requests that state a host name which is not the application's."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ....target.answers import Answer
from ...answers.forged import followed, forged_host
from ...answers.selection import problem, some
from ...observed import Observed
from ...rule import Match, Rule, checks

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
    why="The application declares its names, and a request under another got an answer all the same: the declaration "
    "does not do what its author thinks.",
    fix="Let the control enforce, and keep patterns such as .example.com to domains that are yours alone.",
    before='Garrison(app, hosts=["www.shop.example"], modes={"transport.hosts": "observe"})',
    after='Garrison(app, hosts=["www.shop.example"])',
    guard="In enforce it refuses every name that is not declared.",
    language="python",
    lesson="transport-trust-the-proxy",
    items=(22, 23),
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
    policy = inspected.policy
    declared = bool(policy and policy.hosts) or bool(inspected.config.get("TRUSTED_HOSTS"))
    return declared and bool(_forged(observed))


@checks(UNDECLARED_ACCEPTED, reads="answers", needs=_declares)
def foreign_hosts(observed: Observed) -> Iterator[Match]:
    """Find answers under a name that the application did not declare; without declarations another rule speaks."""
    answers = _forged(observed)
    found = [answer for answer in answers if answer.status < 400 and not followed(answer)]
    if found:
        words, noun = "A foreign host accepted", "answers under a foreign host"
        yield problem(UNDECLARED_ACCEPTED, observed.inspected, words, found, answers, noun)
