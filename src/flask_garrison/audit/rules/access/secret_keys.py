"""Secret keys that are weak, short, known, or missing where a key is needed, and fallbacks that do not go away."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ....guard.secret_strength import flaws_of
from ...inspected import Inspected
from ...rule import Match, Rule, checks

MOST_FALLBACKS = 2

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


MANY_FALLBACKS = Rule(
    id="access.many-fallback-keys",
    kind="runtime",
    control="access.secret-key",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(324,),
    asvs=("V11.2.3",),
    title="Old secret keys are never retired",
    why="A key is replaced because it may have become known. Every fallback still signs a session that is accepted, so "
    "each old key stays as good as the new one until it is removed.",
    fix="Keep the key before this one, for as long as sessions last, and remove the rest.",
    before='app.config["SECRET_KEY_FALLBACKS"] = [key_2025, key_2024, key_2023]',
    after='app.config["SECRET_KEY_FALLBACKS"] = [key_2025]',
    guard="It judges the strength of every fallback, and leaves their number to the application.",
    language="python",
    items=(2,),
)
KEY_AMONG_FALLBACKS = Rule(
    id="access.key-among-fallbacks",
    kind="runtime",
    control="access.secret-key",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(324,),
    asvs=("V11.2.3",),
    title="The secret key was not replaced",
    why="The key in use stands among the fallbacks too. Whoever turned it into a fallback meant to replace it; as long "
    "as both are the same, nothing was replaced, and removing the fallback changes nothing.",
    fix="Give SECRET_KEY a new value, or remove the entry from SECRET_KEY_FALLBACKS.",
    before="app.config.update(SECRET_KEY=old_key, SECRET_KEY_FALLBACKS=[old_key])",
    after="app.config.update(SECRET_KEY=new_key, SECRET_KEY_FALLBACKS=[old_key])",
    guard="Nothing: it cannot tell which of the two was meant.",
    language="python",
    items=(2,),
)


def _fallbacks(inspected: Inspected) -> list[object]:
    stated = inspected.config.get("SECRET_KEY_FALLBACKS")
    return list(stated) if isinstance(stated, list | tuple) else []


def _has_fallbacks(inspected: Inspected) -> bool:
    return bool(_fallbacks(inspected))


@checks(MANY_FALLBACKS, reads="app", needs=_has_fallbacks)
def many_fallbacks(inspected: Inspected) -> Iterator[Match]:
    """Find more fallbacks than a rotation needs."""
    count = len(_fallbacks(inspected))
    if count > MOST_FALLBACKS:
        yield Match(f"SECRET_KEY_FALLBACKS holds {count} keys", subject="SECRET_KEY_FALLBACKS")


@checks(KEY_AMONG_FALLBACKS, reads="app", needs=_has_fallbacks)
def key_among_fallbacks(inspected: Inspected) -> Iterator[Match]:
    """Find the key in use among its own predecessors."""
    key = inspected.config.get("SECRET_KEY")
    if key and key in _fallbacks(inspected):
        yield Match("SECRET_KEY stands in SECRET_KEY_FALLBACKS too")
