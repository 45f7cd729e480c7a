"""What stands in a session that everybody can read who has the cookie."""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Iterator
from typing import Any

from ....findings import Confidence, Severity
from ...facts.sessions import keeps_sessions_in_cookie
from ...observed import Observed, seen_in
from ...rule import Match, Rule, checks

LARGEST = 65_536
_SECRET = re.compile(
    r"(?i)(?:^|_)(?:password|passwd|pwd|passphrase|secret|api_?key|private_?key|access_?token|refresh_?token|otp|pin|"
    r"totp|iban|ssn|cvv|card_?number)(?:$|_)"
)

RULE = Rule(
    id="access.secret-in-session",
    kind="runtime",
    control="access.server-sessions",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    cwe=(315, 565),
    asvs=("V7.2.1",),
    title="A secret stands in a cookie that can be read",
    why="Flask signs the session and does not encrypt it: anybody who sees the cookie reads its content, on the "
    "visitor's machine, in a log, in a backup of the browser. A token of another service in it can be used there.",
    fix="Keep it on the server, and only its number in the session.",
    before='session["access_token"] = token',
    after='session["login"] = store(token)',
    guard="It keeps the cookie from scripts and from plain HTTP. What stands in it is the application's choice.",
    language="python",
    lesson="access-cookie-says-admin",
    items=(32,),
)


def _sets_a_session(observed: Observed) -> bool:
    return keeps_sessions_in_cookie(observed.inspected) and any(_sessions(observed))


@checks(RULE, reads="answers", needs=_sets_a_session)
def secrets_in_sessions(observed: Observed) -> Iterator[Match]:
    """Find names of secrets among the keys of sessions that were handed out; no value is looked at."""
    found: dict[str, Any] = {}
    for answer, content in _sessions(observed):
        for key, value in content.items():
            if isinstance(value, str) and value and _SECRET.search(str(key)):
                found.setdefault(str(key), []).append(answer)
    for key, answers in found.items():
        yield Match(f"the session holds {key!r}, and its cookie can be read", subject=key, evidence=seen_in(answers))


def _sessions(observed: Observed) -> Iterator[tuple[Any, dict[str, Any]]]:
    name = str(observed.inspected.config.get("SESSION_COOKIE_NAME") or "session").removeprefix("__Host-")
    for answer in observed.answers:
        for header in answer.headers.getlist("Set-Cookie"):
            cookie, _, value = header.partition(";")[0].partition("=")
            content = content_of(value.strip()) if cookie.strip().removeprefix("__Host-") == name else None
            if content is not None:
                yield answer, content


def content_of(value: str) -> dict[str, Any] | None:
    """Return what a cookie of Flask's session holds, or ``None`` where it is none."""
    packed = value.startswith(".")
    payload = value.removeprefix(".").partition(".")[0]
    try:
        raw = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
        text = zlib.decompressobj().decompress(raw, LARGEST) if packed else raw
        content = json.loads(text)
    except (ValueError, binascii.Error, zlib.error):
        return None
    return content if isinstance(content, dict) else None
