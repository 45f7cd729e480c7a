"""What is answered to requests that come without encryption."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....findings import Confidence, Severity
from ....target.answers import Answer
from ...answers.selection import is_redirect, problem, some
from ...observed import Observed
from ...rule import Match, Rule, checks
from .proxies import fixes

PLAIN_HTTP = Rule(
    id="transport.plain-http-answered",
    kind="runtime",
    control="transport.https-only",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    cwe=(319, 523),
    asvs=("V12.2.1",),
    title="Requests in the clear are answered",
    why="Everybody on the way reads and changes both. The application cannot see whether a server in front lets such "
    "requests through; where it does, nothing stops them. (Severity low behind a ProxyFix and with HSTS.)",
    fix="Redirect reads to https and refuse the rest, in the server in front or in the application.",
    before='@app.get("/account")\ndef account(): ...  # over either scheme',
    after="Garrison(app)",
    guard="It redirects reads to HTTPS and refuses everything else in the clear.",
    language="python",
    lesson="transport-in-the-clear",
    items=(24, 69),
)
REDIRECT_ELSEWHERE = Rule(
    id="transport.redirect-in-the-clear",
    kind="runtime",
    control="transport.https-only",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(319,),
    asvs=("V12.2.1",),
    title="A page over HTTPS redirects to plain HTTP",
    why="The visitor leaves the encrypted side with the next request, address and all. It happens where "
    "PREFERRED_URL_SCHEME is left at http or a proxy's header is not read.",
    fix="Make relative redirects, and read X-Forwarded-Proto of the proxy in front.",
    before='return redirect("http://shop.example/done")',
    after='return redirect(url_for("done"))',
    guard="proxies=1 makes it believe the one proxy in front, and only that.",
    language="python",
    lesson="transport-in-the-clear",
    items=(24, 39),
)


_HEALTH = re.compile(r"(?i)/(health\w*|live(z|ness)|ready(z)?|readiness|alive|ping)/?$")
"""Asked by the machine beside it, in the clear, and says nothing that is anybody's."""


def _plain(observed: Observed) -> list[Answer]:
    return observed.where(lambda answer: answer.url.startswith("http://"))


@checks(PLAIN_HTTP, reads="answers", needs=some(_plain))
def answered(observed: Observed) -> Iterator[Match]:
    """Find content in the clear: what is neither refused nor sent elsewhere."""
    answers = _plain(observed)
    found = [
        one for one in answers if one.status < 400 and not is_redirect(one) and not _HEALTH.search(one.route or "")
    ]
    if found:
        words, noun = "Content in the clear", "requests over plain HTTP"
        severity = Severity.LOW if _ends_in_front(observed) else None
        yield problem(PLAIN_HTTP, observed.inspected, words, found, answers, noun, severity=severity)


def _ends_in_front(observed: Observed) -> bool:
    """Return whether the application says that a server in front has the encrypted side, and tells browsers to use it.

    There plain HTTP is that server's to redirect, as a rule, and only the first visit could be read.
    """
    secure = observed.where(lambda answer: answer.is_secure and answer.status < 400)
    told = bool(secure) and all("Strict-Transport-Security" in answer.headers for answer in secure)
    return told and any(getattr(fix, "x_proto", 0) for fix in fixes(observed.inspected))


def _secure_redirects(observed: Observed) -> list[Answer]:
    return observed.where(lambda answer: answer.is_secure and is_redirect(answer))


@checks(REDIRECT_ELSEWHERE, reads="answers", needs=some(_secure_redirects))
def redirected_to_plain(observed: Observed) -> Iterator[Match]:
    """Find redirects from HTTPS to the application's own host in the clear."""
    answers = _secure_redirects(observed)
    found = [answer for answer in answers if _own_host(answer) == _target(answer)]
    if found:
        yield problem(
            REDIRECT_ELSEWHERE,
            observed.inspected,
            "Plain HTTP as target",
            found,
            answers,
            "redirects",
            header="Location",
        )


def _own_host(answer: Answer) -> str:
    return answer.url.partition("://")[2].partition("/")[0].partition(":")[0].lower()


def _target(answer: Answer) -> str | None:
    scheme, separator, rest = answer.headers["Location"].partition("://")
    return rest.partition("/")[0].partition(":")[0].lower() if separator and scheme.lower() == "http" else None
