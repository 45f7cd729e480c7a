"""The session cookie as a browser gets it: who may send it, read it, overwrite it, and whether it is kept at all.

What counts is what the session interface answers in a request over HTTPS, with what Garrison's cookies control adds.
"""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Evidence, Severity
from ...facts.sessions import SessionCookie, has_sessions, session_cookie
from ...inspected import Inspected
from ...rule import Match, Rule, Unchecked, checks

COOKIES = "headers.cookies"
_GUARD = "It adds what is missing to every cookie over HTTPS, whoever sets it."

INSECURE = Rule(
    id="headers.session-cookie-without-secure",
    kind="runtime",
    control=COOKIES,
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(614,),
    asvs=("V3.3.1",),
    title="The session cookie is sent over plain HTTP too",
    why="One request without TLS is enough: a link with http://, an image, a page of somebody else on the same network "
    "that makes the browser ask. The cookie is in it, and whoever listens is logged in.",
    fix="Set SESSION_COOKIE_SECURE. Browsers accept such cookies from http://localhost during development.",
    before='app.config["SESSION_COOKIE_SECURE"] = False',
    after='app.config["SESSION_COOKIE_SECURE"] = True',
    guard=_GUARD,
    language="python",
    lesson="transport-in-the-clear",
    items=(9,),
)
READABLE = Rule(
    id="headers.session-cookie-without-httponly",
    kind="runtime",
    control=COOKIES,
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(1004,),
    asvs=("V3.3.4",),
    title="Scripts can read the session cookie",
    why="A script that was smuggled into a page sends the session to its author, who uses it from elsewhere for as "
    "long as it lives. Without that it can act only while the page is open.",
    fix="Leave SESSION_COOKIE_HTTPONLY on, as Flask has it.",
    before='app.config["SESSION_COOKIE_HTTPONLY"] = False',
    after='app.config["SESSION_COOKIE_HTTPONLY"] = True',
    guard=_GUARD,
    language="python",
    items=(10,),
)
CROSS_SITE = Rule(
    id="headers.session-cookie-samesite",
    kind="runtime",
    control=COOKIES,
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(352, 1275),
    asvs=("V3.3.2",),
    title="Requests from other sites carry the session cookie",
    why="Browsers differ in what they do with a cookie that says nothing: some send it with every request that another "
    "site's page makes. With SameSite=None all do. What such a request does, it does as the visitor.",
    fix="Set SESSION_COOKIE_SAMESITE to Lax, or to Strict where no link from outside leads into the application.",
    before='app.config["SESSION_COOKIE_SAMESITE"] = None',
    after='app.config["SESSION_COOKIE_SAMESITE"] = "Lax"',
    guard="It adds SameSite=Lax where nothing is said, and leaves SameSite=None, which is somebody's intention.",
    language="python",
    lesson="inputs-the-other-tab",
    items=(11,),
)
UNBOUND_NAME = Rule(
    id="headers.session-cookie-name",
    kind="runtime",
    control=COOKIES,
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(384, 565),
    asvs=("V3.3.3",),
    title="Another host can overwrite the session cookie",
    why="Any host of the same domain, and any answer over plain HTTP, can set a cookie of this name for this host. A "
    "visitor is then logged into an account of the attacker's, and enters things there. Browsers refuse that for names "
    "that begin with __Host-.",
    fix="Call the cookie __Host-session. It then needs Secure, the path / and no domain.",
    before='app.config["SESSION_COOKIE_NAME"] = "session"',
    after='app.config.update(SESSION_COOKIE_NAME="__Host-session", SESSION_COOKIE_SECURE=True)',
    guard="Over HTTPS it gives the cookie the prefix and moves visitors who carry the old one.",
    language="python",
    lesson="access-cookie-says-admin",
    items=(12,),
)
SHARED_DOMAIN = Rule(
    id="headers.session-cookie-domain",
    kind="runtime",
    control=COOKIES,
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(565, 668),
    asvs=("V3.3.3",),
    title="Every host of the domain receives the session cookie",
    why="With a domain the cookie goes to all hosts below it: a blog on other software, a forgotten test machine, a "
    "name that points to a service that somebody else has taken over. Each can use what it receives.",
    fix="Leave SESSION_COOKIE_DOMAIN unset, so that the cookie belongs to one host.",
    before='app.config["SESSION_COOKIE_DOMAIN"] = "shop.example"',
    after='app.config["SESSION_COOKIE_DOMAIN"] = None',
    guard="It leaves the domain, says once that the cookie is shared, and cannot give it the __Host- prefix.",
    language="python",
    items=(13,),
)
WIDE_PATH = Rule(
    id="headers.session-cookie-path",
    kind="runtime",
    control=COOKIES,
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(565, 668),
    asvs=(),
    title="The path of the session cookie is not the application's",
    why="Below another path than the application's the cookie goes to whatever else is served on the host, or does not "
    "come back at all. A path is no wall between applications of one host, but it keeps them from mixing up cookies.",
    fix="Leave SESSION_COOKIE_PATH unset, so that it follows APPLICATION_ROOT, or give the cookie the __Host- prefix.",
    before='app.config.update(APPLICATION_ROOT="/shop", SESSION_COOKIE_PATH="/")',
    after='app.config.update(APPLICATION_ROOT="/shop", SESSION_COOKIE_PATH=None)',
    guard="It leaves a path that was set on purpose; else the name tells applications of one host apart.",
    language="python",
    items=(14, 25),
)
REJECTED = Rule(
    id="headers.session-cookie-rejected",
    kind="runtime",
    control=COOKIES,
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(614,),
    asvs=("V3.3.1", "V3.3.3"),
    title="Browsers do not keep the session cookie",
    why="Some attributes and names demand others, and a browser drops a cookie that lacks them: nobody stays logged "
    "in, and sooner or later somebody removes the protection to make it work.",
    fix="Add what the name or the attribute demands.",
    before='app.config.update(SESSION_COOKIE_SAMESITE="None", SESSION_COOKIE_SECURE=False)',
    after='app.config.update(SESSION_COOKIE_SAMESITE="None", SESSION_COOKIE_SECURE=True)',
    guard="It adds Secure over HTTPS, and says once which cookie a browser will not keep.",
    language="python",
    items=(12, 15),
)


_UNCHECKED = Unchecked(
    "the session cookie",
    "the application's session interface answers during requests only",
    "Run garrison check, which looks at the cookies of answers.",
)


def _shows(cookie: SessionCookie) -> tuple[Evidence, ...]:
    parts = [f"{cookie.name}=...", f"Path={cookie.path}"]
    parts += [f"Domain={cookie.domain}"] if cookie.domain else []
    parts += [name for name, there in (("Secure", cookie.secure), ("HttpOnly", cookie.httponly)) if there]
    parts += [f"SameSite={cookie.samesite}"] if cookie.samesite else []
    parts += ["Partitioned"] if cookie.partitioned else []
    return (Evidence("header", f"Set-Cookie: {'; '.join(parts)}"),)


@checks(INSECURE, reads="app", needs=has_sessions)
def insecure(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Find a session cookie without Secure."""
    cookie = session_cookie(inspected)
    if not cookie.unknown.isdisjoint(("secure",)):
        yield _UNCHECKED
        return
    if not cookie.secure:
        yield Match(f"{cookie.name} is set without Secure", subject="secure", evidence=_shows(cookie))


@checks(READABLE, reads="app", needs=has_sessions)
def readable(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Find a session cookie without HttpOnly."""
    cookie = session_cookie(inspected)
    if not cookie.unknown.isdisjoint(("httponly",)):
        yield _UNCHECKED
        return
    if not cookie.httponly:
        yield Match(f"{cookie.name} is set without HttpOnly", subject="httponly", evidence=_shows(cookie))


@checks(CROSS_SITE, reads="app", needs=has_sessions)
def cross_site(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Find a session cookie that other sites' requests carry."""
    cookie = session_cookie(inspected)
    if not cookie.unknown.isdisjoint(("samesite",)):
        yield _UNCHECKED
        return
    if not cookie.samesite:
        yield Match(f"{cookie.name} is set without SameSite", subject="samesite", evidence=_shows(cookie))
    elif cookie.samesite.lower() == "none":
        yield Match(f"{cookie.name} is set with SameSite=None", subject="samesite", evidence=_shows(cookie))


@checks(UNBOUND_NAME, reads="app", needs=has_sessions)
def unbound_name(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Find a session cookie whose name does not bind it to the host."""
    cookie = session_cookie(inspected)
    if not cookie.unknown.isdisjoint(("name",)):
        yield _UNCHECKED
        return
    if not cookie.name.startswith("__Host-"):
        yield Match(f"{cookie.name} has no __Host- prefix", subject="name", evidence=_shows(cookie))


@checks(SHARED_DOMAIN, reads="app", needs=has_sessions)
def shared_domain(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Find a session cookie that all hosts of a domain receive."""
    cookie = session_cookie(inspected)
    if not cookie.unknown.isdisjoint(("domain",)):
        yield _UNCHECKED
        return
    if cookie.domain:
        words = f"{cookie.name} is sent to every host of {cookie.domain.lstrip('.')}"
        yield Match(words, subject="domain", evidence=_shows(cookie))


@checks(WIDE_PATH, reads="app", needs=has_sessions)
def wide_path(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Find a session cookie whose path is wider or other than where the application is mounted."""
    root = str(inspected.config.get("APPLICATION_ROOT") or "/").rstrip("/")
    if not root:
        # Every path lies below, and none is wider.
        return
    cookie = session_cookie(inspected)
    if not cookie.unknown.isdisjoint(("path",)):
        yield _UNCHECKED
        return
    path = cookie.path.rstrip("/")
    if cookie.name.startswith("__Host-") or path == root:
        return
    if f"{root}/".startswith(f"{path}/"):
        words = f"{cookie.name} is sent below {cookie.path}, the application is mounted at {root}"
        yield Match(words, subject="path", evidence=_shows(cookie))
    elif not f"{path}/".startswith(f"{root}/"):
        words = f"{cookie.name} is sent below {cookie.path} only, where the application is not"
        yield Match(words, subject="path", evidence=_shows(cookie))


@checks(REJECTED, reads="app", needs=has_sessions)
def rejected(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Find a session cookie that contradicts itself (RFC 6265bis, section 5.7; CHIPS)."""
    cookie = session_cookie(inspected)
    path = ("path",) if cookie.name.startswith("__Host-") else ()
    if not cookie.unknown.isdisjoint(("name", "domain", *path, "secure", "samesite", "partitioned")):
        yield _UNCHECKED
        return
    for reason in _reasons(cookie):
        yield Match(f"browsers drop {cookie.name}: {reason}", subject=reason, evidence=_shows(cookie))


def _reasons(cookie: SessionCookie) -> Iterator[str]:
    if cookie.name.startswith("__Host-") and (cookie.domain or cookie.path != "/"):
        yield "__Host- demands the path / and no domain"
    if cookie.secure:
        return
    if cookie.has_prefix:
        yield "its prefix demands Secure"
    if cookie.samesite.lower() == "none":
        yield "SameSite=None demands Secure"
    if cookie.partitioned:
        yield "Partitioned demands Secure"
