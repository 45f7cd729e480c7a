"""Sessions that stay good for too long: without being used, or as long as somebody uses them."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...facts.sessions import has_sessions
from ...inspected import Inspected
from ...rule import Match, Rule, checks

CONTROL = "access.session-lifetimes"
HOUR = 3_600
LONGEST_IDLE = 12 * HOUR
LONGEST = 30 * 24 * HOUR
_MONTHS = 90 * 24 * HOUR

LONG_SESSION = Rule(
    id="access.long-idle-session",
    kind="runtime",
    control=CONTROL,
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(613,),
    asvs=("V7.3.1",),
    title="A session that nobody uses stays good for long",
    why="Whoever finds a browser that was left open, or copied a cookie, is logged in for all this time. Flask's "
    "default is 31 days, and it is the age of the signature that counts: a cookie that the browser forgot is still "
    "accepted.",
    fix="Set the time after which somebody has to log in again.",
    before='app.config["PERMANENT_SESSION_LIFETIME"] = timedelta(days=31)',
    after='app.config["PERMANENT_SESSION_LIFETIME"] = timedelta(hours=12)',
    guard="It ends sessions after session_idle_seconds without a request, 12 hours unless the policy says otherwise.",
    language="python",
    items=(16,),
)
ENDLESS_SESSION = Rule(
    id="access.endless-session",
    kind="runtime",
    control=CONTROL,
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    cwe=(613,),
    asvs=("V7.3.2",),
    title="A session that is used never ends",
    why="Flask has one lifetime, and each answer that sets the cookie starts it anew. Who copied a session once "
    "keeps it alive with a request now and then, for years.",
    fix="Store in the session when it began, and end it after a fixed time.",
    before='session["user"] = user.id',
    after="Garrison(app, session_absolute_seconds=7 * 24 * 3600)",
    guard="It keeps the beginning inside the signed session and ends it after session_absolute_seconds.",
    language="python",
    items=(17,),
)


@checks(LONG_SESSION, reads="app", needs=has_sessions)
def long_sessions(inspected: Inspected) -> Iterator[Match]:
    """Find a session that is accepted for more than half a day without a request."""
    seconds = idle_seconds(inspected)
    if seconds > LONGEST_IDLE:
        severity = Severity.MEDIUM if seconds > _MONTHS else None
        yield Match(f"an unused session stays good for {spoken(seconds)}", severity=severity, subject="idle")


@checks(ENDLESS_SESSION, reads="app", needs=has_sessions)
def endless_sessions(inspected: Inspected) -> Iterator[Match]:
    """Find sessions without an absolute end, or with a distant one."""
    policy = inspected.policy
    if policy is None or not inspected.enforces(CONTROL):
        words = f"a session that is used every {spoken(idle_seconds(inspected))} never ends"
        yield Match(words, subject="absolute")
    elif policy.session_absolute_seconds > LONGEST:
        words = f"a session that is used ends only after {spoken(policy.session_absolute_seconds)}"
        yield Match(words, confidence=Confidence.HIGH, subject="absolute")


def idle_seconds(inspected: Inspected) -> int:
    """Return for how long a session is accepted that nobody uses."""
    kept = int(inspected.app.permanent_session_lifetime.total_seconds())
    policy = inspected.policy
    return kept if policy is None or not inspected.enforces(CONTROL) else min(kept, policy.session_idle_seconds)


def spoken(seconds: int) -> str:
    """Return a time in the largest unit that fits."""
    days, hours = divmod(seconds // HOUR, 24)
    if days:
        return f"{days} day{'s' if days > 1 else ''}"
    if not hours:
        minutes = max(seconds // 60, 1)
        return f"{minutes} minute{'s' if minutes > 1 else ''}"
    return f"{hours} hour{'s' if hours != 1 else ''}"
