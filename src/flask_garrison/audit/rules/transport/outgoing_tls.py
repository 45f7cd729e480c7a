"""Outgoing connections that do not check whom they reach, or tell their keys."""

from __future__ import annotations

import ssl
import warnings
from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...inspected import Inspected
from ...rule import Match, Rule, checks

CONTROL = "transport.certificate-checks"
_LESSON = "transport-verify-false-expired-certificate"

UNVERIFIED = Rule(
    id="transport.unverified-https",
    kind="runtime",
    control=CONTROL,
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(295, 297),
    asvs=("V12.3.2",),
    title="Outgoing HTTPS is not verified, for the whole process",
    why="Python's default context was replaced by one that accepts any certificate. Everything that opens an address "
    "with urllib or http.client, libraries included, talks to whoever answers: they read and change what is sent.",
    fix="Remove the line. For one server with a certificate of its own authority, make a context that knows it.",
    before="ssl._create_default_https_context = ssl._create_unverified_context",
    after='context = ssl.create_default_context(cafile="our-authority.pem")',
    guard="Nothing: it guards what comes in.",
    language="python",
    lesson=_LESSON,
    items=(127,),
)
SILENCED = Rule(
    id="transport.silenced-certificate-warnings",
    kind="runtime",
    control=CONTROL,
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    cwe=(295,),
    asvs=("V12.3.2",),
    title="Warnings of unverified certificates are silenced",
    why="urllib3, and so requests, warns at each connection whose certificate nobody checks. Silencing it is done "
    "where somebody makes such connections, and hides those that come later.",
    fix="Remove the call, look at what warns, and give those connections the authority that they need.",
    before="urllib3.disable_warnings()\nrequests.get(url, verify=False)",
    after='requests.get(url, verify="our-authority.pem")',
    guard="Nothing: it guards what comes in.",
    language="python",
    lesson=_LESSON,
    items=(127,),
)
KEY_LOG = Rule(
    id="transport.tls-key-log",
    kind="runtime",
    control=CONTROL,
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(532,),
    asvs=("V12.3.1",),
    title="The keys of encrypted connections are written to a file",
    why="With SSLKEYLOGFILE every connection that Python opens with a default context leaves its keys in a file, and "
    "whoever has it and a recording of the traffic reads both ways.",
    fix="Remove the variable from the environment, and delete the file.",
    before="export SSLKEYLOGFILE=/tmp/keys.log",
    after="unset SSLKEYLOGFILE",
    guard="Nothing: it guards what comes in.",
    language="sh",
    items=(127,),
)


@checks(UNVERIFIED, reads="app")
def unverified_https(inspected: Inspected) -> Iterator[Match]:
    """Find the default context of ``http.client`` replaced by one that verifies nothing, by making one."""
    make = ssl._create_default_https_context
    if make is ssl.create_default_context:
        return
    try:
        context = make()
    except Exception:
        # A factory that needs more than http.client gives it is not a default.
        return
    if context.verify_mode == ssl.CERT_NONE:
        yield Match("ssl._create_default_https_context verifies no certificate", subject="context")


def _has_urllib3(inspected: Inspected) -> bool:
    return inspected.module("urllib3") is not None


@checks(SILENCED, reads="app", needs=_has_urllib3)
def silenced_warnings(inspected: Inspected) -> Iterator[Match]:
    """Find a filter that ignores urllib3's warning of unverified requests by name."""
    wanted = inspected.module("urllib3").exceptions.InsecureRequestWarning
    own = [category for category in wanted.__mro__ if category.__module__.startswith("urllib3")]
    if any(action == "ignore" and category in own for action, _, category, _, _ in warnings.filters):
        yield Match("urllib3's warnings of unverified certificates are ignored", subject="warnings")


@checks(KEY_LOG, reads="app")
def key_log(inspected: Inspected) -> Iterator[Match]:
    """Find the variable that makes default contexts write their keys."""
    if inspected.environ.get("SSLKEYLOGFILE"):
        yield Match("SSLKEYLOGFILE is set", subject="SSLKEYLOGFILE")
