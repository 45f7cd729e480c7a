"""Secrets in the configuration under names that nobody hides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from ....findings import Confidence, Severity
from ....guard.error_pages.secret_values import is_secret_name
from ...inspected import Inspected
from ...rule import Match, Rule, checks

DEEPEST = 3
_KINDS: Mapping[str, re.Pattern[str]] = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "an access key of AWS": re.compile(r"\A(?:AKIA|ASIA)[0-9A-Z]{16}\Z"),
    "a token of GitHub": re.compile(r"\A(?:gh[pousr]_[0-9A-Za-z]{36,}|github_pat_\w{40,})\Z"),
    "a token of GitLab": re.compile(r"\Aglpat-[\w-]{20,}\Z"),
    "a key of Stripe": re.compile(r"\A[sr]k_live_[0-9A-Za-z]{16,}\Z"),
    "a token of Slack": re.compile(r"\Axox[abeoprs]-[\w-]{20,}\Z"),
    "a key of Google": re.compile(r"\AAIza[\w-]{35}\Z"),
}

RULE = Rule(
    id="monitoring.secret-in-plain-name",
    kind="runtime",
    control="monitoring.redaction",
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    cwe=(532,),
    asvs=("V16.2.5",),
    title="A secret stands under a name that does not say so",
    why="repr(app.config), {{ config }} in a template, a toolbar and an error report show every value. Those that hide "
    "secrets go by the name: SECRET, PASSWORD, TOKEN, KEY. A password inside an address passes them all.",
    fix="Give the setting a name that ends in _SECRET, _TOKEN or _PASSWORD, or keep the password apart from the "
    "address and join them where the connection is made.",
    before='app.config["PAYMENTS"] = stripe_key',
    after='app.config["PAYMENTS_SECRET_KEY"] = stripe_key',
    guard="Its events and error pages hide passwords of addresses too, wherever they come up.",
    language="python",
    items=(30,),
)


@checks(RULE, reads="app")
def secrets_in_plain_names(inspected: Inspected) -> Iterator[Match]:
    """Find values that are secrets by their form under names that are not; the values are shown nowhere."""
    for key, value in inspected.config.items():
        for name, kind in _secrets(str(key), value, 0):
            yield Match(f"{name} holds {kind}, and its name does not say so", subject=name)


def _secrets(name: str, value: object, depth: int) -> Iterator[tuple[str, str]]:
    """Yield the name and kind of each secret below one setting."""
    if is_secret_name(name.rpartition("[")[2].strip("']")):
        return
    if isinstance(value, str):
        kind = _kind_of(value)
        if kind:
            yield name, kind
    elif isinstance(value, Mapping) and depth < DEEPEST:
        for key, content in value.items():
            yield from _secrets(f"{name}[{str(key)!r}]", content, depth + 1)


def _kind_of(text: str) -> str | None:
    found = next((kind for kind, pattern in _KINDS.items() if pattern.search(text)), None)
    return found or ("an address with a password" if "://" in text and _has_password(text) else None)


def _has_password(text: str) -> bool:
    try:
        return bool(urlsplit(text.strip()).password)
    except ValueError:
        return False
