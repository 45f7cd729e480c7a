"""What must never stand in a log: secrets, and characters that forge lines or terminals."""

from __future__ import annotations

import re
from collections.abc import Mapping

CONTROLS = ("monitoring.redaction", "monitoring.log-injection")
REDACTED = "[redacted]"
MAX_TEXT = 2_000
MAX_ITEMS = 50
MAX_DEPTH = 5

_NAMES_OF_SECRETS = (
    r"pass(?:wd|word|phrase|code)?|pwd|secret|token|api[_-]?key|apikey|authorization|cookie|session(?:id)?|csrf"
    r"|(?<!publickey-)credential|private[_-]?key|otp|pin|cvv|signature|bearer"
)
# Names written in one word, where no separator shows the secret part.
_JOINED = (
    r"(?:access|auth|bearer|csrf|id|refresh|session|user|xsrf)token|(?:client|app)secret|(?:user|db|new|old)password"
    r"|passwordhash|secretkey"
)
# Text, not compiled patterns: the re module compiles each at its first use, so that an import costs nothing.
_SECRET_NAME = rf"(?i)(?:^|[_\-.\[\]])(?:{_JOINED}|{_NAMES_OF_SECRETS})s?(?:$|[_\-.\[\]])"
_SECRET_IN_TEXT = (
    rf"(?i)((?<![a-z])(?:{_JOINED}|{_NAMES_OF_SECRETS})s?(?![a-z])[\w.\-\[\]\"']{{0,40}}\s{{0,4}}[=:]\s{{0,4}})"
    r"([^&;\s,]+)"
)
_BEARER = r"(?i)\b(Bearer|Basic|Digest|Negotiate)\s+[A-Za-z0-9+/=._~-]+"
_USERINFO = r"(?i)(\b[a-z][a-z0-9+.-]*://)[^/\s@]+@"
_JWT = r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*"
_CONTROL = r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]"


class Words(str):
    """Text that Garrison itself composed, such as a line to add to the policy: settings in it are no secrets.

    Whoever builds one must not put a client's text into it, except an origin or a name that was parsed first.
    """


def clean(value: object, depth: int = 0) -> object:
    """Return ``value`` fit for a log: secrets replaced, control characters escaped, size bounded.

    Text is cut at ``MAX_TEXT`` characters, collections at ``MAX_ITEMS`` entries, nesting at ``MAX_DEPTH``; what was cut
    says so.
    """
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Words):
        return Words(re.sub(_CONTROL, _escape, value[:MAX_TEXT]))
    if isinstance(value, str):
        return _text(value)
    if depth >= MAX_DEPTH:
        return "[deeper]"
    if isinstance(value, Mapping):
        return _mapping(value, depth)
    if isinstance(value, list | tuple | set | frozenset):
        items = [clean(item, depth + 1) for item in list(value)[:MAX_ITEMS]]
        return [*items, f"[{len(value) - MAX_ITEMS} more]"] if len(value) > MAX_ITEMS else items
    return _text(str(value))


def _mapping(value: Mapping[object, object], depth: int) -> dict[str, object]:
    result: dict[str, object] = {}
    for key, content in list(value.items())[:MAX_ITEMS]:
        name = _text(str(key))
        secret = re.search(_SECRET_NAME, name) and isinstance(content, str | bytes | list | tuple | Mapping)
        result[name] = REDACTED if secret and content else clean(content, depth + 1)
    if len(value) > MAX_ITEMS:
        result["[more]"] = len(value) - MAX_ITEMS
    return result


def _text(text: str) -> str:
    if len(text) > MAX_TEXT:
        text = f"{text[:MAX_TEXT]}[{len(text) - MAX_TEXT} more characters]"
    text = re.sub(_JWT, REDACTED, re.sub(_BEARER, rf"\1 {REDACTED}", text))
    if "=" in text or ":" in text:
        text = re.sub(_SECRET_IN_TEXT, rf"\1{REDACTED}", text)
        text = re.sub(_USERINFO, rf"\1{REDACTED}@", text)
    return re.sub(_CONTROL, _escape, text)


def _escape(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")
