"""Flask-JWT-Extended: which signatures it accepts, for how long, and whether a token can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from ....findings import Confidence, Severity
from ....guard.secret_strength import source_of, weakness_of
from ...facts.layers import written_in
from ...inspected import Inspected
from ...rule import Match, Rule, checks

SHORTEST = {"HS256": 32, "HS384": 48, "HS512": 64}
"""Bytes of a key for each algorithm (RFC 7518, section 3.2)."""
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)

ALGORITHMS = Rule(
    id="access.jwt-algorithms",
    kind="runtime",
    control="access.token-signatures",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(327, 347),
    asvs=("V9.1.1", "V9.1.2"),
    title="Tokens are accepted with an algorithm that anybody can sign for",
    why="The algorithm none is no signature: whoever sends a token writes into it what he likes. A list that accepts "
    "algorithms with a shared key beside those with a public one invites tokens that are signed with the public key.",
    fix="Name one algorithm, or several of one family.",
    before='app.config["JWT_DECODE_ALGORITHMS"] = ["HS256", "none"]',
    after='app.config["JWT_ALGORITHM"] = "HS256"',
    guard="Nothing in this version: it does not read tokens yet.",
    language="python",
    lesson="access-alg-none",
    items=(79, 115),
)

KEY = Rule(
    id="access.jwt-key",
    kind="runtime",
    control="access.token-signatures",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(321, 326, 798),
    asvs=("V9.1.1", "V11.2.3"),
    title="The key that signs tokens is weak",
    why="One token is enough to try keys offline. Whoever finds the key signs tokens for any user, and no log shows "
    "the difference.",
    fix="Make a key with python -c 'import secrets; print(secrets.token_hex(32))' and read it from the environment.",
    before='app.config["JWT_SECRET_KEY"] = "jwt"',
    after='app.config["JWT_SECRET_KEY"] = os.environ["JWT_SECRET_KEY"]',
    guard="It judges SECRET_KEY, which Flask-JWT-Extended uses where no key of its own is set.",
    language="python",
    lesson="access-weak-secret",
    items=(1, 115),
)

EXPIRY = Rule(
    id="access.jwt-expiry",
    kind="runtime",
    control="access.token-claims",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(613,),
    asvs=("V9.2.1",),
    title="Access tokens live too long",
    why="A token is accepted until it ends, whoever holds it. One without an end that was logged, shared or stolen "
    "is good for as long as the key is.",
    fix="Let access tokens live for minutes and get new ones with a refresh token.",
    before='app.config["JWT_ACCESS_TOKEN_EXPIRES"] = False',
    after='app.config["JWT_ACCESS_TOKEN_EXPIRES"] = timedelta(minutes=15)',
    guard="Nothing in this version: it does not read tokens yet.",
    language="python",
    items=(79, 115),
)

REVOCATION = Rule(
    id="access.jwt-no-revocation",
    kind="runtime",
    control="access.token-claims",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(613,),
    asvs=("V7.4.1",),
    title="A token that outlives an hour cannot be taken back",
    why="Flask-JWT-Extended asks nobody whether a token was revoked unless the application says whom. After logout, a "
    "change of password or the end of an account, tokens go on working until they expire.",
    fix="Keep the ids of revoked tokens until these expire, and answer from them.",
    before="jwt = JWTManager(app)",
    after="@jwt.token_in_blocklist_loader\ndef is_revoked(header, payload):\n"
    '    return revoked_tokens.holds(payload["jti"])',
    guard="Nothing in this version: it does not read tokens yet.",
    language="python",
    items=(33, 115),
)

COOKIE = Rule(
    id="access.jwt-cookie",
    kind="runtime",
    control="access.session-cookie",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(614,),
    asvs=("V3.3.1",),
    title="The cookie with the token is sent over plain HTTP too",
    why="Flask-JWT-Extended sets its cookies without Secure unless told otherwise. One request without TLS shows the "
    "token to everybody on the way.",
    fix="Set JWT_COOKIE_SECURE.",
    before='app.config["JWT_TOKEN_LOCATION"] = ["cookies"]',
    after='app.config["JWT_TOKEN_LOCATION"] = ["cookies"]\napp.config["JWT_COOKIE_SECURE"] = True',
    guard="It adds Secure to every cookie of an answer over HTTPS.",
    language="python",
    items=(79,),
)


def uses_jwt(inspected: Inspected) -> bool:
    """Return whether Flask-JWT-Extended is at work."""
    return inspected.extension("flask-jwt-extended") is not None


def settings(inspected: Inspected, *names: str) -> list[Any]:
    """Return what Flask-JWT-Extended itself reads from the configuration, by its own names."""
    module = inspected.module("flask_jwt_extended.config")
    with inspected.app.app_context():
        return [getattr(module.config, name) for name in names]


def _in_cookies(inspected: Inspected) -> bool:
    return uses_jwt(inspected) and bool(settings(inspected, "jwt_in_cookies")[0])


@checks(ALGORITHMS, reads="app", needs=uses_jwt)
def algorithms(inspected: Inspected) -> Iterator[Match]:
    """Find ``none``, and families that must not be mixed."""
    (accepted,) = settings(inspected, "decode_algorithms")
    names = [str(name) for name in accepted]
    if any(name.lower() == "none" for name in names):
        yield Match("tokens without a signature are accepted", severity=Severity.CRITICAL)
    families = {"shared" if name.upper().startswith("HS") else "public" for name in names if name.lower() != "none"}
    if len(families) > 1:
        title = f"tokens are accepted with shared and with public keys: {', '.join(sorted(set(names)))}"
        yield Match(title, severity=Severity.MEDIUM, subject="mixed families")


@checks(KEY, reads="app", needs=uses_jwt)
def key(inspected: Inspected) -> Iterator[Match]:
    """Judge the key of its own; where there is none, ``SECRET_KEY`` is used, which has a rule of its own."""
    own, algorithm = inspected.config.get("JWT_SECRET_KEY"), str(settings(inspected, "algorithm")[0])
    if not own or algorithm not in SHORTEST or own == inspected.config.get("SECRET_KEY"):
        return
    problem = weakness_of(own)
    if problem is not None:
        yield Match(f"JWT_SECRET_KEY {problem}", severity=Severity.CRITICAL if source_of(own) else None)
    elif len(own) < SHORTEST[algorithm]:
        title = f"JWT_SECRET_KEY is shorter than the {SHORTEST[algorithm]} bytes that {algorithm} asks for"
        yield Match(title, severity=Severity.LOW)


@checks(EXPIRY, reads="app", needs=uses_jwt)
def expiry(inspected: Inspected) -> Iterator[Match]:
    """Find tokens without an end, or with one that is more than a day away."""
    access, refresh = settings(inspected, "access_expires", "refresh_expires")
    if access is False:
        yield Match("access tokens never expire")
    elif access > DAY:
        yield Match(f"access tokens live for {access}", severity=Severity.LOW, subject="long access tokens")
    if refresh is False:
        yield Match("refresh tokens never expire", severity=Severity.LOW)


@checks(REVOCATION, reads="app", needs=uses_jwt)
def revocation(inspected: Inspected) -> Iterator[Match]:
    """Find the default callback, which says of no token that it was revoked."""
    (access,) = settings(inspected, "access_expires")
    manager = inspected.extension("flask-jwt-extended")
    if (access is False or access > HOUR) and written_in(manager._token_in_blocklist_callback).startswith(
        "flask_jwt_extended"
    ):
        yield Match("no token_in_blocklist_loader is registered and access tokens live longer than an hour")


@checks(COOKIE, reads="app", needs=_in_cookies)
def cookie(inspected: Inspected) -> Iterator[Match]:
    """Find cookies without Secure where nothing adds it."""
    if not inspected.enforces("headers.cookies") and not settings(inspected, "cookie_secure")[0]:
        yield Match("JWT_COOKIE_SECURE is off")
