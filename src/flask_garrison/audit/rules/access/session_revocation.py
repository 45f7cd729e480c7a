"""Sessions that logging out does not end, and sessions on the server that nobody removes."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...facts.guarding import has_cookie_login
from ...facts.sessions import keeps_sessions_in_cookie
from ...inspected import Inspected
from ...rule import Match, Rule, checks
from .session_lifetimes import idle_seconds, spoken

CONTROL = "access.server-sessions"

IRREVOCABLE = Rule(
    id="access.irrevocable-session",
    kind="runtime",
    control=CONTROL,
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    cwe=(613,),
    asvs=("V7.4.1", "V7.4.2"),
    title="Logging out does not end the session",
    why="The cookie is the session: logging out asks the browser to forget it, and nothing on the server remembers "
    "that it ended. A copy taken before stays good until its signature is too old, also after the password was "
    "changed or the account was locked.",
    fix="Keep sessions on the server, or keep in the session a number that the account has too and that changes at "
    "logout.",
    before="login_user(user)",
    after='app.config["SESSION_TYPE"] = "redis"\nSession(app)\nlogin_user(user)',
    guard="It bounds every copy by an idle and an absolute time. Sessions on the server come in a later version.",
    language="python",
    lesson="access-cookie-says-admin",
    items=(33,),
)
NEVER_REMOVED = Rule(
    id="access.sessions-never-removed",
    kind="runtime",
    control=CONTROL,
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    cwe=(459, 770),
    asvs=("V7.4.1",),
    title="Expired sessions stay in the database",
    why="Flask-Session deletes expired sessions from a database only when it is told to. The table grows with every "
    "visitor, a robot's each request included, and what stood in the sessions stays there.",
    fix="Set SESSION_CLEANUP_N_REQUESTS, or run `flask session_cleanup` on a schedule.",
    before='app.config["SESSION_TYPE"] = "sqlalchemy"',
    after='app.config.update(SESSION_TYPE="sqlalchemy", SESSION_CLEANUP_N_REQUESTS=1000)',
    guard="Nothing: the sessions are the extension's.",
    language="python",
    items=(139,),
)


def _logs_in_by_cookie(inspected: Inspected) -> bool:
    return has_cookie_login(inspected)


@checks(IRREVOCABLE, reads="app", needs=_logs_in_by_cookie)
def irrevocable_sessions(inspected: Inspected) -> Iterator[Match]:
    """Find logins that are kept in the cookie alone."""
    if keeps_sessions_in_cookie(inspected):
        time = spoken(idle_seconds(inspected))
        yield Match(f"a copied session stays good for {time} after its user has logged out", subject="logout")


def _is_without_expiry(inspected: Inspected) -> bool:
    return getattr(inspected.app.session_interface, "ttl", None) is False


@checks(NEVER_REMOVED, reads="app", needs=_is_without_expiry)
def sessions_never_removed(inspected: Inspected) -> Iterator[Match]:
    """Find a store that does not expire sessions by itself and is not cleaned."""
    interface = inspected.app.session_interface
    if not getattr(interface, "cleanup_n_requests", None):
        yield Match(f"{type(interface).__name__} never removes expired sessions", subject="cleanup")
