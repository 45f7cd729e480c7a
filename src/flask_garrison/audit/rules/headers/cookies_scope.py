"""Cookies that reach further or live longer than they should, and those that no browser keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ....findings import Confidence, Severity
from ...answers.configured import told_of
from ...answers.cookies import Setting, cookies_set, is_identity, lifetime, rejections
from ...answers.selection import problem
from ...observed import Observed
from ...rule import Match, Rule, checks

DAY = 86_400
LONGEST = 90 * DAY
"""Seconds after which a login that nobody renewed should be over."""

COOKIE_REJECTED = Rule(
    id="headers.cookie-rejected",
    kind="runtime",
    control="headers.cookies",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(1188,),
    asvs=("V3.3.1",),
    title="Browsers do not keep a cookie",
    why="What it is for does not happen: the login is lost, the token never comes back. The combination of name and "
    "attributes breaks a rule of RFC 6265bis.",
    fix="Correct what the finding names.",
    before='response.set_cookie("__Host-id", value, secure=True, domain="shop.example")',
    after='response.set_cookie("__Host-id", value, secure=True, path="/")',
    guard="It adds Secure over HTTPS, and reports the rest as an event.",
    language="python",
    items=(12, 15, 78),
)
COOKIE_DOMAIN = Rule(
    id="headers.cookie-domain",
    kind="runtime",
    control="headers.cookies",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(1275, 668),
    asvs=("V3.3.3",),
    title="Every subdomain receives a cookie that lets its holder be somebody",
    why="With Domain the browser sends the cookie to all hosts below: a forgotten blog or a customer's page there "
    "reads the session.",
    fix="Leave Domain out, so that the cookie stays with its host, and call it __Host-...",
    before='app.config["SESSION_COOKIE_DOMAIN"] = ".shop.example"',
    after='app.config["SESSION_COOKIE_NAME"] = "__Host-session"  # and no SESSION_COOKIE_DOMAIN',
    guard="It names the session __Host-session where nothing stands against it, and reports a Domain.",
    language="python",
    items=(13, 78, 79),
)
COOKIE_PREFIX = Rule(
    id="headers.cookie-prefix",
    kind="runtime",
    control="headers.cookies",
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    cwe=(384,),
    asvs=("V3.3.1", "V3.3.3"),
    title="A cookie that lets its holder be somebody could be planted",
    why="Another host below the same domain, or anybody in the network over plain HTTP, can set a cookie of the same "
    "name and so log the visitor in as the attacker. A name with __Host- is accepted from this host over HTTPS only.",
    fix="Give it a name that begins with __Host-; it then needs Secure, Path=/ and no Domain.",
    before='app.config["SESSION_COOKIE_NAME"] = "session"',
    after='app.config["SESSION_COOKIE_NAME"] = "__Host-session"',
    guard="It names the session __Host-session over HTTPS.",
    language="python",
    items=(12, 78),
)
COOKIE_LIFETIME = Rule(
    id="headers.cookie-lifetime",
    kind="runtime",
    control="headers.cookies",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(613,),
    asvs=("V7.3.2",),
    title="A cookie keeps its holder logged in for more than 90 days",
    why="Whoever gets the cookie from a lost machine or a copied profile has it for that long. Flask-Login's "
    "remember_token lives for 365 days unless something else is said.",
    fix="Shorten it: PERMANENT_SESSION_LIFETIME, REMEMBER_COOKIE_DURATION, max_age.",
    before="login_user(user, remember=True)  # 365 days",
    after='app.config["REMEMBER_COOKIE_DURATION"] = timedelta(days=30)',
    guard="Its session lifetimes end a session by its age, whatever the cookie says; a remember cookie stays.",
    language="python",
    items=(16, 79),
)


def _sets_cookies(observed: Observed) -> bool:
    return bool(cookies_set(observed))


def _found(rule: Rule, observed: Observed, words: Callable[[str, Setting], str]) -> Iterator[Match]:
    """Yield one finding for each cookie and each problem that ``words`` names; empty for none."""
    for name, settings in sorted(cookies_set(observed).items()):
        among = [setting.answer for setting in settings]
        named = [(words(name, setting), setting.answer) for setting in settings]
        for problem_words in sorted({text for text, _ in named if text}):
            found = [answer for text, answer in named if text == problem_words]
            title = f"Cookie {name[:60]!r} {problem_words}"
            yield problem(rule, observed.inspected, title, found, among, "answers that set it", header="Set-Cookie")


@checks(COOKIE_REJECTED, reads="answers", needs=_sets_cookies)
def rejected(observed: Observed) -> Iterator[Match]:
    """Find cookies that break a rule of browsers."""
    kept = {name for name, settings in cookies_set(observed).items() if any(map(_is_kept, settings))}
    yield from _found(COOKIE_REJECTED, observed, lambda name, setting: _rejected(setting, name in kept))


def _is_kept(setting: Setting) -> bool:
    return setting.answer.is_secure and not any(rejections(setting))


def _rejected(setting: Setting, kept_elsewhere: bool) -> str:
    if kept_elsewhere and not setting.answer.is_secure:
        return ""  # Over HTTPS the browser gets it; that it drops it in the clear is what Secure is for.
    reasons = "; ".join(rejections(setting))
    return f"is not kept: {reasons}" if reasons else ""


def _of_identity(
    observed: Observed, flaw: str, words: str, wrong: Callable[[Setting], bool]
) -> Callable[[str, Setting], str]:
    """Return the words for cookies of identity that ``wrong`` finds, but for what the configuration's rules say."""
    app, told = observed.inspected.app, told_of(observed.inspected)

    def words_for(name: str, setting: Setting) -> str:
        return words if (name, flaw) not in told and is_identity(app, name) and wrong(setting) else ""

    return words_for


@checks(COOKIE_DOMAIN, reads="answers", needs=_sets_cookies)
def for_subdomains(observed: Observed) -> Iterator[Match]:
    """Find cookies of identity with a ``Domain``."""
    words = _of_identity(observed, "domain", "with a Domain", _has_domain)
    yield from _found(COOKIE_DOMAIN, observed, words)


def _has_domain(setting: Setting) -> bool:
    return bool(setting.cookie.attributes.get("domain"))


@checks(COOKIE_PREFIX, reads="answers", needs=_sets_cookies)
def without_prefix(observed: Observed) -> Iterator[Match]:
    """Find cookies of identity that could be called ``__Host-`` as they are; the others lack more than a name."""
    words = _of_identity(observed, "name", "without the prefix __Host-", _could_be_host)
    yield from _found(COOKIE_PREFIX, observed, words)


def _could_be_host(setting: Setting) -> bool:
    cookie = setting.cookie
    fits = "secure" in cookie.attributes and cookie.attributes.get("path") == "/" and "domain" not in cookie.attributes
    return fits and setting.answer.is_secure and not cookie.name.startswith(("__Host-", "__Secure-"))


@checks(COOKIE_LIFETIME, reads="answers", needs=_sets_cookies)
def long_lived(observed: Observed) -> Iterator[Match]:
    """Find cookies of identity that a browser keeps for more than 90 days."""
    words = _of_identity(observed, "lifetime", "kept for more than 90 days", _is_long)
    yield from _found(COOKIE_LIFETIME, observed, words)


def _is_long(setting: Setting) -> bool:
    return (lifetime(setting) or 0) > LONGEST
