"""How sessions are signed: the digest, and keys that other applications share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from ....findings import Confidence, Severity
from ...facts.sessions import has_sessions, keeps_sessions_in_cookie, over_https
from ...facts.wsgi_chain import middlewares
from ...inspected import Inspected
from ...rule import Match, Rule, checks

_BROKEN = frozenset({"md5", "md4"})

WEAK_SIGNATURE = Rule(
    id="access.sha1-session-signature",
    kind="runtime",
    control="access.session-cookie",
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    cwe=(328,),
    asvs=("V11.4.1",),
    title="Sessions are signed with an old digest",
    why="HMAC with SHA-1 is not broken, so no attack follows from it today. Standards no longer accept SHA-1 for new "
    "signatures, and an assessor will ask.",
    fix="Sign with SHA-256: give the session interface another digest_method. Sessions signed before are then refused.",
    before="app.session_interface = SecureCookieSessionInterface()",
    after="app.session_interface.digest_method = staticmethod(hashlib.sha256)",
    guard="It signs sessions with SHA-256 and accepts the old signature once, so that nobody is logged out.",
    language="python",
    items=(34,),
)
SHARED_SIGNATURE = Rule(
    id="access.shared-session-signature",
    kind="runtime",
    control="access.session-cookie",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(287, 345),
    asvs=("V11.2.3",),
    title="A session of one application is good for another",
    why="Applications in one process sign with one key and one salt. A session that one of them writes for its own "
    "user 17 is accepted by the other as a session of its user 17, who is somebody else.",
    fix="Give each application a key of its own, or its session interface a salt of its own.",
    before='admin.config["SECRET_KEY"] = shop.config["SECRET_KEY"] = key',
    after='admin.session_interface = SecureCookieSessionInterface()\nadmin.session_interface.salt = "admin-session"',
    guard="Nothing: applications that share their users on purpose look the same.",
    language="python",
    items=(35,),
)


def _signs(inspected: Inspected) -> bool:
    return has_sessions(inspected) and keeps_sessions_in_cookie(inspected) and bool(inspected.app.secret_key)


@checks(WEAK_SIGNATURE, reads="app", needs=_signs)
def weak_signatures(inspected: Inspected) -> Iterator[Match]:
    """Find sessions that are written with SHA-1 or worse, whatever the interface says it would use."""
    digest = _digest(inspected)
    if digest in _BROKEN:
        yield Match(f"sessions are signed with HMAC-{digest.upper()}", severity=Severity.LOW, subject="digest")
    elif digest == "sha1":
        yield Match("sessions are signed with HMAC-SHA-1", subject="digest")


def _digest(inspected: Inspected) -> str:
    app = inspected.app
    interface: Any = app.session_interface
    with over_https(inspected):
        serializer = interface.get_signing_serializer(app)
    method = getattr(serializer, "signer_kwargs", {}).get("digest_method")
    return str(method(b"").name) if callable(method) else ""


def _others(inspected: Inspected) -> list[Flask]:
    """Return the applications that are mounted around this one."""
    mounted = [
        getattr(one, "__self__", one)
        for middleware in middlewares(inspected.app)
        for one in getattr(middleware, "mounts", {}).values()
    ]
    return [one for one in mounted if isinstance(one, Flask) and one is not inspected.app]


def _has_others(inspected: Inspected) -> bool:
    return bool(_others(inspected))


@checks(SHARED_SIGNATURE, reads="app", needs=_has_others)
def shared_signatures(inspected: Inspected) -> Iterator[Match]:
    """Find mounted applications that accept each other's sessions."""
    own = _signing(inspected.app)
    for other in _others(inspected):
        if own is not None and own == _signing(other):
            yield Match(f"{other.name} accepts the sessions of {inspected.app.name}")


def _signing(app: Flask) -> tuple[object, object] | None:
    interface = app.session_interface
    if not app.secret_key or not isinstance(interface, SecureCookieSessionInterface):
        return None
    return app.secret_key, interface.salt
