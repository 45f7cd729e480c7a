"""Caches that keep what was made for one user."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ....target.answers import Answer
from ...answers.caching import is_shared, is_withheld, personal, vary
from ...answers.cookies import cookies_of
from ...answers.selection import problem, some
from ...observed import Observed
from ...rule import Match, Rule, checks

_HEADER = "Cache-Control"
_NOUN = "answers made for one user"

PRIVATE_SHARED = Rule(
    id="headers.private-answer-shared",
    kind="runtime",
    control="headers.caching",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(524, 525),
    asvs=("V14.2.2", "V14.3.2"),
    title="Shared caches are told to keep what was made for one user",
    why="A proxy or CDN hands the stored page to whoever asks next: with the name, the orders and the form tokens of "
    "somebody else. Where Vary: Cookie stands beside it (severity medium), it is kept for each cookie, by caches that "
    "heed Vary; several CDNs do not.",
    fix="Send Cache-Control: no-store with everything that depends on who asks; public is for files that are the same "
    "for everybody.",
    before='response.headers["Cache-Control"] = "public, max-age=300"',
    after='response.headers["Cache-Control"] = "no-store"',
    guard="It sends no-store with answers that read an authenticated session and say nothing on caching. What the "
    "application says itself stays.",
    language="python",
    items=(75,),
)
PRIVATE_STORED = Rule(
    id="headers.private-answer-stored",
    kind="runtime",
    control="headers.caching",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(524, 525),
    asvs=("V14.3.2",),
    title="Answers made for one user say nothing on caching",
    why="The browser keeps them, so that the next person at the machine goes back to them after logout, and a shared "
    "cache may keep them by its own rules.",
    fix="Send Cache-Control: no-store with what only a user who is logged in may see.",
    before="return render_template('account.html')",
    after="response = make_response(render_template('account.html'))\nresponse.headers['Cache-Control'] = 'no-store'",
    guard="It sends no-store with answers that read an authenticated session.",
    language="python",
    items=(37, 75),
)
VARY_COOKIE = Rule(
    id="headers.vary-cookie-missing",
    kind="runtime",
    control="headers.caching",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(524,),
    asvs=("V14.2.2",),
    title="Answers depend on the cookie and do not say so",
    why="Vary: Cookie tells caches that another visitor gets something else. Flask sends it where a view reads the "
    "session; a login by a cookie of its own, or by a header, has to say it itself.",
    fix="response.vary.add('Cookie'), or Cache-Control: no-store.",
    before="user = tokens[request.cookies['token']]",
    after="user = tokens[request.cookies['token']]\nresponse.vary.add('Cookie')",
    guard="no-store, which it sends, makes this unnecessary.",
    language="python",
    items=(37,),
)
COOKIE_SHARED = Rule(
    id="headers.cookie-in-shared-answer",
    kind="runtime",
    control="headers.caching",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(384, 524),
    asvs=("V14.2.2", "V14.3.2"),
    title="Answers that shared caches keep set a cookie",
    why="A cache that keeps the header hands one visitor's cookie to the next. With a session cookie both are the same "
    "user from then on.",
    fix="Send Cache-Control: private or no-store with answers that set cookies, or set none on those that are public.",
    before='session["seen"] = True\nresponse.headers["Cache-Control"] = "public, max-age=300"',
    after='response.headers["Cache-Control"] = "public, max-age=300"  # and no session here',
    guard="It leaves caching headers of the application as they are.",
    language="python",
    items=(37, 75),
)


@checks(PRIVATE_SHARED, reads="answers", needs=some(personal))
def shared(observed: Observed) -> Iterator[Match]:
    """Find personal answers that name a time during which everybody may be given them."""
    answers = personal(observed)
    kept = [answer for answer in answers if is_shared(answer)]
    for words, severity, found in (
        ("Kept by shared caches for everybody", None, [one for one in kept if "cookie" not in vary(one)]),
        ("Kept by shared caches for each cookie", Severity.MEDIUM, [one for one in kept if "cookie" in vary(one)]),
    ):
        if found:
            yield problem(
                PRIVATE_SHARED, observed.inspected, words, found, answers, _NOUN, header=_HEADER, severity=severity
            )


@checks(PRIVATE_STORED, reads="answers", needs=some(personal))
def stored(observed: Observed) -> Iterator[Match]:
    """Find personal answers that leave it to caches."""
    answers = personal(observed)
    found = [answer for answer in answers if not is_withheld(answer) and not is_shared(answer)]
    if found:
        words = "No Cache-Control that keeps them private"
        yield problem(PRIVATE_STORED, observed.inspected, words, found, answers, _NOUN, header=_HEADER)


@checks(VARY_COOKIE, reads="answers", needs=some(personal))
def without_vary(observed: Observed) -> Iterator[Match]:
    """Find personal answers that a cache takes for everybody's; those that it is told to keep are worse, and above."""
    answers = personal(observed)
    found = [one for one in answers if "cookie" not in vary(one) and not is_withheld(one) and not is_shared(one)]
    if found:
        yield problem(VARY_COOKIE, observed.inspected, "No Vary: Cookie", found, answers, _NOUN, header="Vary")


def _setting_cookies(observed: Observed) -> list[Answer]:
    return observed.where(lambda answer: any(not cookie.is_deletion for cookie in cookies_of(answer)))


@checks(COOKIE_SHARED, reads="answers", needs=some(_setting_cookies))
def cookies_shared(observed: Observed) -> Iterator[Match]:
    """Find answers that set a cookie and that shared caches are told to keep."""
    answers = _setting_cookies(observed)
    found = [answer for answer in answers if is_shared(answer)]
    if found:
        words, noun = "Kept by shared caches together with its cookie", "answers that set a cookie"
        yield problem(COOKIE_SHARED, observed.inspected, words, found, answers, noun, header=_HEADER)
