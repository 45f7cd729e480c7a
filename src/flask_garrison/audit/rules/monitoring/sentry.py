"""What Sentry is sent beside the error."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from ....findings import Confidence, Severity
from ...inspected import Inspected
from ...rule import Match, Rule, checks

PERSONAL = Rule(
    id="monitoring.sentry-personal-data",
    kind="runtime",
    control="monitoring.redaction",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(359, 532),
    asvs=("V16.2.5",),
    title="Sentry is sent addresses and names of users",
    why="Each event then carries the client's address, the user and more of the request. Sentry masks values by the "
    "names that it knows; what the application calls otherwise goes out as it is, to another company in many cases.",
    fix="Leave send_default_pii and user_info off, and add the id of the user where that is needed. Where users have "
    "been told, ignore this finding in garrison.toml with that as the reason.",
    before="sentry_sdk.init(dsn, send_default_pii=True)",
    after="sentry_sdk.init(dsn)",
    guard="Its own events carry keyed hashes in place of sessions. It does not see what Sentry sends.",
    language="python",
    lesson="monitoring-silent-break-in",
    items=(130,),
)

BODIES = Rule(
    id="monitoring.sentry-bodies",
    kind="runtime",
    control="monitoring.redaction",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(532,),
    asvs=("V16.2.5",),
    title="Sentry is sent the bodies of requests whatever their size",
    why="Forms and uploads hold passwords, messages and documents. Names of fields that Sentry knows are masked, "
    "others are not.",
    fix="Leave max_request_body_size at its default, or set it to never.",
    before='sentry_sdk.init(dsn, max_request_body_size="always")',
    after='sentry_sdk.init(dsn, max_request_body_size="never")',
    guard="Its own events carry no bodies. It does not see what Sentry sends.",
    language="python",
    items=(130,),
)

IN_THE_CLEAR = Rule(
    id="monitoring.sentry-in-the-clear",
    kind="runtime",
    control="monitoring.redaction",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(319, 532),
    asvs=("V12.3.1",),
    title="Errors travel to Sentry without TLS",
    why="Tracebacks, variables and addresses can be read by everybody between the application and the server.",
    fix="Use an address that begins with https.",
    before='sentry_sdk.init("http://key@sentry.internal.example/1")',
    after='sentry_sdk.init("https://key@sentry.internal.example/1")',
    guard="It does not see what Sentry sends.",
    language="python",
    items=(130,),
)

_OWN_MACHINE = (None, "", "localhost", "127.0.0.1", "::1")


def _options(inspected: Inspected) -> dict[str, Any]:
    """Return the options of the client that is at work, and nothing where none sends."""
    module = inspected.module("sentry_sdk")
    client = module.get_client() if hasattr(module, "get_client") else None
    options = dict(getattr(client, "options", None) or {})
    return options if options.get("dsn") else {}


def _is_sent(inspected: Inspected) -> bool:
    return bool(_options(inspected))


@checks(PERSONAL, reads="app", needs=_is_sent)
def personal(inspected: Inspected) -> Iterator[Match]:
    """Ask for what the client made of either setting; older clients have only the first."""
    options = _options(inspected)
    collected = options.get("data_collection") or {"user_info": options.get("send_default_pii")}
    if collected.get("user_info"):
        yield Match("Sentry is told to collect data of users")


@checks(BODIES, reads="app", needs=_is_sent)
def bodies(inspected: Inspected) -> Iterator[Match]:
    """Find the widest setting."""
    if _options(inspected).get("max_request_body_size") == "always":
        yield Match("max_request_body_size of Sentry is always")


@checks(IN_THE_CLEAR, reads="app", needs=_is_sent)
def in_the_clear(inspected: Inspected) -> Iterator[Match]:
    """Find an address of another machine without TLS."""
    address = urlsplit(str(_options(inspected)["dsn"]))
    if address.scheme == "http" and address.hostname not in _OWN_MACHINE:
        yield Match("the address of Sentry begins with http")
