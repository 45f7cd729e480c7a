"""Flask-Login switched off, for everybody or for some methods, and sessions that it no longer ties to a client."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...inspected import Inspected
from ...rule import Match, Rule, checks

LOGIN_DISABLED = Rule(
    id="access.login-disabled",
    kind="runtime",
    control="access.route-rules",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(306, 489),
    asvs=("V8.2.1", "V8.3.1"),
    title="LOGIN_DISABLED lets everybody past @login_required",
    why="Flask-Login's decorators do nothing while the setting is on. It is meant for tests, and in a deployed "
    "application every page behind a login is public.",
    fix="Delete the setting from what is deployed, and set it in the configuration of the tests alone.",
    before='app.config["LOGIN_DISABLED"] = True',
    after='app.config["LOGIN_DISABLED"] = False',
    guard="Nothing in this version: it does not decide yet who may call a view.",
    language="python",
    lesson="access-hidden-admin-page",
    items=(51, 118),
)

EXEMPT_METHODS = Rule(
    id="access.login-exempt-method",
    kind="runtime",
    control="access.route-rules",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(306, 650),
    asvs=("V8.2.1", "V8.3.1"),
    title="Flask-Login does not ask for a login for a method that reads or changes data",
    why="Flask-Login keeps one list of methods for which its decorators do nothing. It holds OPTIONS, which Flask "
    "answers by itself. A method that was added to it reaches every protected view without a login.",
    fix="Remove the method from flask_login.config.EXEMPT_METHODS and leave the decorator off where no login is "
    "needed.",
    before='flask_login.config.EXEMPT_METHODS.add("GET")',
    after='flask_login.config.EXEMPT_METHODS == {"OPTIONS"}',
    guard="Nothing in this version: it does not decide yet who may call a view.",
    language="python",
    lesson="access-hidden-admin-page",
    items=(67,),
)

SESSION_PROTECTION = Rule(
    id="access.session-protection-off",
    kind="runtime",
    control="access.server-sessions",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(613,),
    asvs=("V7.2.1",),
    title="Flask-Login's session protection is switched off",
    why="With it, a session that turns up at another address with another browser is no longer fresh, or ends. "
    "Without it a copied cookie works anywhere and is never noticed.",
    fix="Set it to strong, or leave out the setting, which is basic: a session that moved has to log in again for "
    "views behind @fresh_login_required.",
    before="login_manager.session_protection = None",
    after='login_manager.session_protection = "strong"',
    guard="It ends sessions after idle and absolute time, and does not tie them to an address.",
    language="python",
    items=(118,),
)


def _uses_login(inspected: Inspected) -> bool:
    return hasattr(inspected.app, "login_manager")


@checks(LOGIN_DISABLED, reads="app", needs=_uses_login)
def disabled_login(inspected: Inspected) -> Iterator[Match]:
    """Ask what the decorators ask at each request."""
    if inspected.config.get("LOGIN_DISABLED"):
        yield Match("LOGIN_DISABLED is on: @login_required lets everybody in")


@checks(EXEMPT_METHODS, reads="app", needs=_uses_login)
def exempt_methods(inspected: Inspected) -> Iterator[Match]:
    """Read the set that Flask-Login's decorators look into."""
    exempt: set[str] = getattr(inspected.module("flask_login.utils"), "EXEMPT_METHODS", set())
    for method in sorted(exempt - {"OPTIONS"}):
        yield Match(f"EXEMPT_METHODS of Flask-Login holds {method}", method=method)


@checks(SESSION_PROTECTION, reads="app", needs=_uses_login)
def session_protection(inspected: Inspected) -> Iterator[Match]:
    """Find the mode that Flask-Login uses: the configuration's, else the manager's."""
    manager = inspected.app.login_manager  # type: ignore[attr-defined]
    if not inspected.config.get("SESSION_PROTECTION", manager.session_protection):
        yield Match("session_protection of the LoginManager is off")
