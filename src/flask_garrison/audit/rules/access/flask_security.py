"""Flask-Security: what its answers tell about who has an account."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...inspected import Inspected
from ...rule import Match, Rule, checks

ENUMERATION = Rule(
    id="access.security-tells-who-exists",
    kind="runtime",
    control="access.user-enumeration",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(204,),
    asvs=("V6.3.8",),
    title="Flask-Security answers differently where an account exists",
    why="Unless told otherwise it says that a user does not exist, or that an address is taken already. Lists of "
    "addresses can be sorted into customers and others, and guesses go to accounts that are there.",
    fix="Turn on SECURITY_RETURN_GENERIC_RESPONSES.",
    before='app.config["SECURITY_RECOVERABLE"] = True',
    after='app.config["SECURITY_RECOVERABLE"] = True\napp.config["SECURITY_RETURN_GENERIC_RESPONSES"] = True',
    guard="It limits how often one client may ask, and leaves the words as they are.",
    language="python",
    lesson="access-who-exists",
    items=(117,),
)

UNCONFIRMED = Rule(
    id="access.security-unconfirmed",
    kind="runtime",
    control="access.user-enumeration",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(287, 1390),
    asvs=("V6.3.8",),
    title="Anybody can open an account under an address that is not his",
    why="Registration is on and addresses are not confirmed. An account can be opened in another person's name and "
    "waits for them; reset links then go to an address that nobody proved to own. Confirmation also lets "
    "registration answer alike whether or not the address is known.",
    fix="Turn on SECURITY_CONFIRMABLE.",
    before='app.config["SECURITY_REGISTERABLE"] = True',
    after='app.config["SECURITY_REGISTERABLE"] = True\napp.config["SECURITY_CONFIRMABLE"] = True',
    guard="Nothing: accounts are Flask-Security's.",
    language="python",
    lesson="access-who-exists",
    items=(117,),
)


def uses_security(inspected: Inspected) -> bool:
    """Return whether Flask-Security is at work."""
    return inspected.extension("security") is not None


@checks(ENUMERATION, reads="app", needs=uses_security)
def enumeration(inspected: Inspected) -> Iterator[Match]:
    """Find answers that differ."""
    if not inspected.config.get("SECURITY_RETURN_GENERIC_RESPONSES"):
        yield Match("SECURITY_RETURN_GENERIC_RESPONSES is off")


@checks(UNCONFIRMED, reads="app", needs=uses_security)
def unconfirmed(inspected: Inspected) -> Iterator[Match]:
    """Find registration without confirmation."""
    if inspected.config.get("SECURITY_REGISTERABLE") and not inspected.config.get("SECURITY_CONFIRMABLE"):
        yield Match("SECURITY_REGISTERABLE is on and SECURITY_CONFIRMABLE is off")
