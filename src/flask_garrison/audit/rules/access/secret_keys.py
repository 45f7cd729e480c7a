"""Secret keys that are weak, short, known, or missing where a key is needed."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ....guard.secret_strength import flaws_of
from ...inspected import Inspected
from ...rule import Match, Rule, checks

WEAK_SECRET_KEY = Rule(
    id="access.weak-secret-key",
    kind="runtime",
    control="access.secret-key",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(321, 326, 798),
    asvs=("V11.2.3", "V13.3.1"),
    title="The secret key is weak",
    why="Whoever knows or guesses the key signs any session, and so is any user. One cookie is enough to try keys "
    "offline, and those of documentation, tutorials and published applications are tried first. A key that has been "
    "in use as a fallback is accepted just the same.",
    fix="Make a key with python -c 'import secrets; print(secrets.token_hex(32))', keep it outside the code, and read "
    "it from the environment. Remove a weak or known key from SECRET_KEY_FALLBACKS as well.",
    before='app.config["SECRET_KEY"] = "dev"',
    after='app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]',
    guard="It does not start with such a key in enforce. Under a command line, which must start, requests from other "
    "machines are answered with 503.",
    language="python",
    lesson="access-weak-secret",
    items=(1, 2),
)


@checks(WEAK_SECRET_KEY, reads="app")
def weak_secret_keys(inspected: Inspected) -> Iterator[Match]:
    """Find what is wrong with the key and its fallbacks; whether a key is needed, only a guarded app says."""
    policy = inspected.policy
    for flaw in flaws_of(inspected.config, sessions=policy is not None and policy.sessions):
        yield Match(str(flaw), severity=Severity.CRITICAL if flaw.known else None)
