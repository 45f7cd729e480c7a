"""Whether browsers remember to come over HTTPS only."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ....guard.addresses import is_ip_host, is_loopback_host
from ....target.answers import Answer
from ...answers.hsts import HEADER, YEAR, promise_of
from ...answers.selection import problem, some
from ...inspected import Inspected
from ...observed import Observed
from ...rule import Match, Rule, checks

_DAY = 86_400
_STEPS = (_DAY, 7 * _DAY, 30 * _DAY, YEAR)
_AFTER = "Strict-Transport-Security: max-age=31536000; includeSubDomains"

HSTS_MISSING = Rule(
    id="transport.hsts-missing",
    kind="runtime",
    control="transport.hsts",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(319, 523),
    asvs=("V3.4.1",),
    title="Browsers are not told to use HTTPS only",
    why="Whoever types the name comes over plain HTTP first. Somebody in the same network answers that request "
    "himself and keeps the visitor there. With the header the browser does not make it. (Severity low where some "
    "answers have it: one is enough for a browser that got it.)",
    fix="Send the header with every answer over HTTPS, if not the server in front does.",
    before="# no Strict-Transport-Security",
    after=_AFTER,
    guard="It sends the header over HTTPS, for a day at first; hsts_max_age makes it longer.",
    language="http",
    lesson="transport-in-the-clear",
    items=(64, 69),
)
HSTS_SHORT = Rule(
    id="transport.hsts-short",
    kind="runtime",
    control="transport.hsts",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(319, 523),
    asvs=("V3.4.1",),
    title="Browsers remember HTTPS for less than a year, or not for subdomains",
    why="Who comes less often than that comes over plain HTTP again. A subdomain that is not included can be forged "
    "in the network, and set cookies for the whole domain. (Information where it is Garrison's first step.)",
    fix="When all hosts have worked over HTTPS for some weeks, send max-age=31536000; includeSubDomains.",
    before="Strict-Transport-Security: max-age=3600",
    after=_AFTER,
    guard="It starts with a day so that a mistake ends soon. hsts_max_age=31_536_000 and hsts_subdomains=True are the "
    "next steps.",
    language="http",
    lesson="transport-in-the-clear",
    items=(69,),
)


def _secure(observed: Observed) -> list[Answer]:
    """Return the answers over HTTPS, those apart for which a browser remembers nothing: to addresses and localhost.

    Without Garrison, which sends the header for names only, ``localhost`` stands for names that were not declared.
    """
    # A browser remembers the header for the host that it named; a forged one is nobody's.
    secure = observed.where(lambda answer: answer.is_secure and answer.case != "host")
    if not observed.inspected.enforces(HSTS_MISSING.control) and not _is_local_only(observed.inspected):
        return secure
    return [answer for answer in secure if not _is_this_machine(answer)]


def _is_this_machine(answer: Answer) -> bool:
    return _is_no_name(answer.url.partition("://")[2].partition("/")[0].partition("?")[0])


def _is_local_only(inspected: Inspected) -> bool:
    """Return whether the application declares hosts, and none of them is a name that browsers remember."""
    trusted = inspected.config.get("TRUSTED_HOSTS") or ()
    stated = [trusted] if isinstance(trusted, str) else list(trusted)
    stated += [inspected.config["SERVER_NAME"]] if inspected.config.get("SERVER_NAME") else []
    return bool(stated) and all(_is_no_name(host) for host in stated)


def _is_no_name(host: str) -> bool:
    return is_ip_host(host) or is_loopback_host(host)


def _promising(observed: Observed) -> list[Answer]:
    return [answer for answer in _secure(observed) if _promises(answer)]


def _promises(answer: Answer) -> bool:
    promise = promise_of(answer)
    return promise is not None and promise.seconds > 0


@checks(HSTS_MISSING, reads="answers", needs=some(_secure))
def missing(observed: Observed) -> Iterator[Match]:
    """Find answers over HTTPS that make a browser remember nothing; 0 seconds make it forget."""
    answers = _secure(observed)
    found = [answer for answer in answers if not _promises(answer)]
    if found:
        severity = Severity.LOW if len(found) < len(answers) else None
        yield problem(
            HSTS_MISSING,
            observed.inspected,
            f"No {HEADER}",
            found,
            answers,
            "answers",
            header=HEADER,
            severity=severity,
        )


@checks(HSTS_SHORT, reads="answers", needs=some(_promising))
def short(observed: Observed) -> Iterator[Match]:
    """Find promises shorter than a year, and those for the host alone."""
    answers = _promising(observed)
    severity = Severity.INFO if observed.inspected.enforces(HSTS_SHORT.control) else None
    for words, found in (
        (f"{HEADER} for {{}}", [answer for answer in answers if (promise_of(answer) or (YEAR,))[0] < YEAR]),
        (f"{HEADER} without subdomains", [answer for answer in answers if not (promise_of(answer) or (0, True))[1]]),
    ):
        if found:
            shortest = min((promise_of(answer) or (0,))[0] for answer in found)
            text = words.format(_duration(shortest))
            yield problem(
                HSTS_SHORT,
                observed.inspected,
                text,
                found,
                answers,
                "answers",
                header=HEADER,
                severity=severity,
                fix=_next_step(observed, shortest),
            )


def _next_step(observed: Observed, seconds: int) -> str:
    """Return the setting that takes Garrison one step on: a day, a week, a month, a year, then the subdomains."""
    if not observed.inspected.enforces(HSTS_SHORT.control):
        return ""
    longer = next((step for step in _STEPS if step > seconds), None)
    setting = "hsts_subdomains=True" if longer is None else f"hsts_max_age={longer:_}"
    return f"The next step, when the last one has run without a complaint: Garrison(app, {setting})."


def _duration(seconds: int) -> str:
    days = seconds // _DAY
    return f"{seconds} seconds" if days == 0 else "one day" if days == 1 else f"{days} days"
