"""Endpoints on which the policy lets scripts or styles pass that it stops elsewhere, or that do not exist."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...allowances import Allowance
from ...rule import Match, Rule, checks

SCRIPT_DANGERS = ("allow_insecure_inline_scripts", "allow_insecure_inline_handlers", "allow_insecure_eval")

INSECURE_ALLOWANCE = Rule(
    id="headers.insecure-allowance",
    kind="runtime",
    control="headers.csp",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(693,),
    asvs=("V3.4.3",),
    title="An endpoint is exempt from a part of the Content-Security-Policy",
    why="On the pages of this endpoint an injection that the policy stops elsewhere takes effect. The exemption may be "
    "needed; it is listed so that it is not forgotten.",
    fix="Change the page so that it needs no exemption, and delete the setting.",
    before='Garrison(app, allow_insecure_inline_handlers=["shop"])',
    after="Garrison(app)",
    guard="It lets pass what the setting names, on this endpoint alone.",
    language="python",
    lesson="headers-csp-that-allows-everything",
)
UNKNOWN_ENDPOINT = Rule(
    id="headers.unknown-allowance",
    kind="runtime",
    control="headers.csp",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(1188,),
    asvs=(),
    title="An exemption names an endpoint that the application does not have",
    why="The setting has no effect now. An endpoint that is given this name one day is exempt without anybody "
    "deciding it.",
    fix="Correct the name, or delete it. `flask routes` lists the endpoints.",
    before='Garrison(app, allow_insecure_eval=["shpo"])',
    after='Garrison(app, allow_insecure_eval=["shop"])',
    guard="It ignores the name.",
    language="python",
)


@checks(INSECURE_ALLOWANCE, reads="allowance")
def insecure_allowances(allowance: Allowance) -> Iterator[Match]:
    """Find exemptions from the Content-Security-Policy."""
    if allowance.setting in SCRIPT_DANGERS and allowance.route is not None:
        yield Match(f"{allowance.endpoint} is exempt by {allowance.setting}")
    elif allowance.setting == "allow_insecure_style_attributes" and allowance.route is not None:
        yield Match(f"{allowance.endpoint} is exempt by {allowance.setting}", severity=Severity.INFO)


@checks(UNKNOWN_ENDPOINT, reads="allowance")
def unknown_endpoints(allowance: Allowance) -> Iterator[Match]:
    """Find exemptions of any kind for endpoints that do not exist."""
    if allowance.route is None:
        yield Match(f"{allowance.setting} names {allowance.endpoint!r}, and there is no such endpoint")
