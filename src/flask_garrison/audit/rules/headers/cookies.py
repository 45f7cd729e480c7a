"""Attributes of every cookie that an answer sets, whoever set it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ....findings import Confidence, Severity
from ...answers.configured import told_of
from ...answers.cookies import Setting, cookies_set, is_identity
from ...answers.selection import problem
from ...observed import Observed
from ...rule import Match, Rule, checks

COOKIE_NOT_SECURE = Rule(
    id="headers.cookie-not-secure",
    kind="runtime",
    control="headers.cookies",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(614, 319),
    asvs=("V3.3.1",),
    title="A cookie is sent in the clear as well",
    why="The browser adds it to the first request over plain HTTP, which anybody in the network can provoke by one "
    "image and read. Whoever has a session cookie is its user. (Other cookies: severity low.)",
    fix="Set Secure. For Flask's session: SESSION_COOKIE_SECURE = True.",
    before='response.set_cookie("token", token)',
    after='response.set_cookie("token", token, secure=True, httponly=True, samesite="Lax")',
    guard="It adds Secure to every cookie over HTTPS.",
    language="python",
    items=(9, 78, 79),
)
COOKIE_READABLE = Rule(
    id="headers.cookie-readable-by-scripts",
    kind="runtime",
    control="headers.cookies",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(1004,),
    asvs=("V3.3.4",),
    title="Scripts can read a cookie that lets its holder be somebody",
    why="One injected line sends the session to the attacker, who then works from his own machine for as long as it "
    "lives. HttpOnly keeps it from scripts.",
    fix="Set HttpOnly. A script never needs the value: the browser sends it by itself.",
    before='response.set_cookie("access_token", token, secure=True)',
    after='response.set_cookie("access_token", token, secure=True, httponly=True, samesite="Lax")',
    guard="It adds HttpOnly to the session and remember cookies and to those that httponly_cookies names.",
    language="python",
    items=(10, 78, 79),
)
COOKIE_SAME_SITE = Rule(
    id="headers.cookie-same-site",
    kind="runtime",
    control="headers.cookies",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(1275, 352),
    asvs=("V3.3.2",),
    title="Requests of other sites carry a cookie",
    why="Without SameSite some browsers send the cookie with every request that another site makes; others take Lax. "
    "With SameSite=None all send it, so forged requests act as the user unless something else stops them (severity "
    "medium, or low where Garrison checks requests). Cookies that identify nobody are information.",
    fix="Set SameSite=Lax, or Strict. None only where other sites embed the application.",
    before='response.set_cookie("token", token, secure=True)',
    after='response.set_cookie("token", token, secure=True, httponly=True, samesite="Lax")',
    guard="It adds SameSite=Lax where nothing is said, and leaves None, which somebody wrote on purpose.",
    language="python",
    items=(11, 78, 79),
)


def _judged(
    rule: Rule, observed: Observed, flaw: str, words: str, wrong: Callable[[str, Setting], Severity | None]
) -> Iterator[Match]:
    """Yield one finding for each cookie for some of whose answers ``wrong`` names a severity.

    What a rule on the configuration says of the cookie already is not said again.
    """
    told = told_of(observed.inspected)
    for name, settings in sorted(cookies_set(observed).items()):
        if (name, flaw) in told:
            continue
        among = [setting.answer for setting in settings]
        judged = [(setting.answer, severity) for setting in settings if (severity := wrong(name, setting)) is not None]
        if judged:
            yield problem(
                rule,
                observed.inspected,
                f"Cookie {name[:60]!r} {words}",
                [answer for answer, _ in judged],
                among,
                "answers that set it",
                header="Set-Cookie",
                severity=max(severity for _, severity in judged),
            )


def _sets_cookies(observed: Observed) -> bool:
    return bool(cookies_set(observed))


@checks(COOKIE_NOT_SECURE, reads="answers", needs=_sets_cookies)
def not_secure(observed: Observed) -> Iterator[Match]:
    """Find cookies that come over HTTPS without ``Secure``."""
    app = observed.inspected.app

    def wrong(name: str, setting: Setting) -> Severity | None:
        if not setting.answer.is_secure or "secure" in setting.cookie.attributes:
            return None
        return Severity.MEDIUM if is_identity(app, name) else Severity.LOW

    yield from _judged(COOKIE_NOT_SECURE, observed, "secure", "without Secure", wrong)


@checks(COOKIE_READABLE, reads="answers", needs=_sets_cookies)
def readable(observed: Observed) -> Iterator[Match]:
    """Find cookies without ``HttpOnly`` whose holder is somebody; others a script may well have to read."""
    app = observed.inspected.app

    def wrong(name: str, setting: Setting) -> Severity | None:
        return Severity.MEDIUM if is_identity(app, name) and "httponly" not in setting.cookie.attributes else None

    yield from _judged(COOKIE_READABLE, observed, "httponly", "without HttpOnly", wrong)


@checks(COOKIE_SAME_SITE, reads="answers", needs=_sets_cookies)
def same_site(observed: Observed) -> Iterator[Match]:
    """Find cookies without ``SameSite``, with a value that browsers do not know, and with ``None``."""
    app = observed.inspected.app
    weight = Severity.LOW if observed.inspected.enforces("inputs.csrf") else Severity.MEDIUM

    def missing(name: str, setting: Setting) -> Severity | None:
        if setting.cookie.attributes.get("samesite", "").lower() in ("lax", "strict", "none"):
            return None
        return Severity.LOW if is_identity(app, name) else Severity.INFO

    def none(name: str, setting: Setting) -> Severity | None:
        if setting.cookie.attributes.get("samesite", "").lower() != "none":
            return None
        return weight if is_identity(app, name) else Severity.INFO

    yield from _judged(COOKIE_SAME_SITE, observed, "samesite", "without SameSite", missing)
    yield from _judged(COOKIE_SAME_SITE, observed, "samesite", "with SameSite=None", none)
