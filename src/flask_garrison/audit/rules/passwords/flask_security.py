"""Flask-Security: how it stores passwords, the key it mixes in, and how long a reset link works."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ....findings import Confidence, Severity
from ....guard.secret_strength import weakness_of
from ...inspected import Inspected
from ...rule import Match, Rule, checks

SLOW = frozenset(
    [
        "argon2",
        "bcrypt",
        "scrypt",
        "pbkdf2_sha512",
        "pbkdf2_sha256",
        "bcrypt_sha256",
        "sha256_crypt",
        "sha512_crypt",
        "django_argon2",
        "django_bcrypt",
        "django_bcrypt_sha256",
        "django_pbkdf2_sha256",
        "django_pbkdf2_sha1",
    ]
)
LONGEST = timedelta(days=1)

FAST_HASH = Rule(
    id="passwords.security-fast-hash",
    kind="runtime",
    control="passwords.no-fast-hashes",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(256, 916),
    asvs=("V11.4.2",),
    title="Flask-Security stores passwords as plain text or as a fast hash",
    why="A stolen table is then read at once, or tried at millions of passwords a second.",
    fix="Use argon2 and let old hashes be replaced at the next login.",
    before='app.config["SECURITY_PASSWORD_HASH"] = "plaintext"',
    after='app.config["SECURITY_PASSWORD_HASH"] = "argon2"',
    guard="Nothing in this version: it does not store passwords yet.",
    language="python",
    lesson="passwords-fast-hash-no-salt",
    items=(111,),
)

PEPPER = Rule(
    id="passwords.security-salt",
    kind="runtime",
    control="passwords.pepper",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(522, 916),
    asvs=("V11.4.2", "V13.3.1"),
    title="The key that Flask-Security mixes into passwords can be guessed",
    why="SECURITY_PASSWORD_SALT is the key of an HMAC over each password before it is hashed. It protects a stolen "
    "table only while the thief does not know it.",
    fix="Make a key with python -c 'import secrets; print(secrets.token_hex(32))' and read it from the environment. "
    "A new key makes old passwords invalid: change it before there are any.",
    before='app.config["SECURITY_PASSWORD_SALT"] = "salt"',
    after='app.config["SECURITY_PASSWORD_SALT"] = os.environ["SECURITY_PASSWORD_SALT"]',
    guard="Nothing in this version: it does not store passwords yet.",
    language="python",
    items=(35, 111),
)

RESET = Rule(
    id="passwords.security-long-reset",
    kind="runtime",
    control="passwords.reset",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(640,),
    asvs=("V6.4.1",),
    title="A link that resets a password works for days",
    why="Mail is kept, forwarded and read by others. Whoever finds the link while it works takes the account.",
    fix="Let it work for an hour or two.",
    before='app.config["SECURITY_RESET_PASSWORD_WITHIN"] = timedelta(days=5)',
    after='app.config["SECURITY_RESET_PASSWORD_WITHIN"] = timedelta(hours=2)',
    guard="Nothing: the link is Flask-Security's.",
    language="python",
    lesson="passwords-reset-link",
    items=(111,),
)


def _uses_security(inspected: Inspected) -> bool:
    return inspected.extension("security") is not None


def _resets(inspected: Inspected) -> bool:
    return _uses_security(inspected) and bool(inspected.config.get("SECURITY_RECOVERABLE"))


@checks(FAST_HASH, reads="app", needs=_uses_security)
def fast_hash(inspected: Inspected) -> Iterator[Match]:
    """Ask the hashing context which scheme a new password gets."""
    scheme = str(inspected.extension("security").pwd_context.default_scheme())
    if scheme not in SLOW:
        yield Match(f"new passwords are stored as {scheme}")


@checks(PEPPER, reads="app", needs=_uses_security)
def pepper(inspected: Inspected) -> Iterator[Match]:
    """Judge the key, which Flask-Security leaves out for schemes that are hashed once."""
    salt = inspected.config.get("SECURITY_PASSWORD_SALT")
    problem = weakness_of(salt) if salt else None
    if problem is not None and not _is_single(inspected):
        yield Match(f"SECURITY_PASSWORD_SALT {problem}")


def _is_single(inspected: Inspected) -> bool:
    """Return whether the key is left out, as Flask-Security decides it."""
    single = inspected.config.get("SECURITY_PASSWORD_SINGLE_HASH")
    scheme = inspected.config.get("SECURITY_PASSWORD_HASH")
    return single is True or (isinstance(single, list | tuple | set | frozenset) and scheme in single)


@checks(RESET, reads="app", needs=_resets)
def long_reset(inspected: Inspected) -> Iterator[Match]:
    """Find a time of more than a day."""
    within = inspected.config.get("SECURITY_RESET_PASSWORD_WITHIN")
    if isinstance(within, timedelta) and within > LONGEST:
        yield Match(f"SECURITY_RESET_PASSWORD_WITHIN is {within.days} days")
