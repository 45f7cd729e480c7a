"""Endpoints that accept state-changing requests from any site."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...allowances import Allowance
from ...rule import Match, Rule, checks

CSRF_EXEMPTION = Rule(
    id="inputs.csrf-exemption",
    kind="runtime",
    control="inputs.csrf",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(352,),
    asvs=("V3.5.1",),
    title="An endpoint accepts state-changing requests from any site",
    why="A page on any site can make a visitor's browser call this endpoint with the visitor's cookies. That is right "
    "for a webhook that checks a signature of its own, and for nothing that relies on cookies.",
    fix="Delete the exemption; where one other site must call the endpoint, name it in trusted_origins instead.",
    before='Garrison(app, allow_insecure_csrf=["transfer"])',
    after='Garrison(app, trusted_origins=["https://partner.example"])',
    guard="It lets such requests to this endpoint pass.",
    language="python",
    lesson="inputs-the-other-tab",
)


@checks(CSRF_EXEMPTION, reads="allowance")
def csrf_exemptions(allowance: Allowance) -> Iterator[Match]:
    """Find endpoints that are exempt from the CSRF guard."""
    if allowance.setting == "allow_insecure_csrf" and allowance.route is not None:
        yield Match(f"{allowance.endpoint} accepts requests from any site")
