"""Flask-Talisman's part in HTTPS: the redirect that is off, the header that it takes for proof."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...facts.extensions import talisman_of
from ...inspected import Inspected
from ...rule import Match, Rule, checks

NOT_FORCED = Rule(
    id="transport.talisman-without-https",
    kind="runtime",
    control="transport.https-only",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(319,),
    asvs=("V12.2.1",),
    title="Flask-Talisman does not ask for HTTPS",
    why="The redirect to HTTPS is its default and was switched off. Unless the server in front redirects, pages and "
    "passwords travel in the clear.",
    fix="Leave force_https on; where the server in front redirects, ignore this finding in garrison.toml with that as "
    "the reason.",
    before="Talisman(app, force_https=False)",
    after="Talisman(app)",
    guard="It redirects reads to HTTPS and refuses everything else.",
    language="python",
    lesson="transport-in-the-clear",
    items=(69,),
    seen_by=("transport.plain-http-answered",),
)

HSTS = Rule(
    id="transport.talisman-hsts",
    kind="runtime",
    control="transport.hsts",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(319,),
    asvs=("V3.4.1",),
    title="Flask-Talisman sends no HSTS, or one of less than a year",
    why="Without it the first request of each visit may be made over HTTP, where it can be caught and kept there.",
    fix="Leave strict_transport_security on and its age at a year or more.",
    before="Talisman(app, strict_transport_security_max_age=3600)",
    after="Talisman(app)",
    guard="It sends HSTS itself, in steps that can be taken back.",
    language="python",
    lesson="transport-in-the-clear",
    items=(69,),
    seen_by=("transport.hsts-missing", "transport.hsts-short"),
)

YEAR = 31_536_000


def _has_talisman(inspected: Inspected) -> bool:
    return talisman_of(inspected.app) is not None


@checks(NOT_FORCED, reads="app", needs=_has_talisman)
def not_forced(inspected: Inspected) -> Iterator[Match]:
    """Find the switch, for all views or for one."""
    if inspected.enforces("transport.https-only"):
        return
    if not talisman_of(inspected.app).force_https:
        yield Match("force_https of Flask-Talisman is off")
    for route in inspected.routes:
        if getattr(route.view, "talisman_view_options", {}).get("force_https") is False:
            yield Match(f"force_https of Flask-Talisman is off for {route.endpoint}", route=route.rule)


@checks(HSTS, reads="app", needs=_has_talisman)
def hsts(inspected: Inspected) -> Iterator[Match]:
    """Find a header that is off or short."""
    talisman = talisman_of(inspected.app)
    if inspected.enforces("transport.hsts"):
        return
    if not talisman.strict_transport_security:
        yield Match("strict_transport_security of Flask-Talisman is off")
    elif talisman.strict_transport_security_max_age < YEAR:
        yield Match(f"Flask-Talisman sends HSTS for {talisman.strict_transport_security_max_age} seconds")
