"""An application that declares no host names."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...inspected import Inspected
from ...rule import Match, Rule, checks

RULE = Rule(
    id="transport.undeclared-hosts",
    kind="runtime",
    control="transport.hosts",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(640, 941),
    asvs=(),
    title="The application answers to every host name",
    why="The name comes from the request. A password-reset link that is made under a forged name leads its reader, and "
    "the token in it, to somebody else; a cache keeps the page for everybody. (garrison check tries it: what "
    "is answered under a foreign name is a finding of its own, high where addresses lead there.)",
    fix="Declare the names that the application answers to. SERVER_NAME declares none: Flask does not compare it.",
    before="Garrison(app)",
    after='Garrison(app, hosts=["www.shop.example"])',
    guard="It refuses malformed names, says once that none is declared, and emits an event where an absolute link is "
    "made under such a name. With a declaration it refuses every other name.",
    language="python",
    lesson="transport-trust-the-proxy",
    items=(22, 23, 41),
    tested_by=("transport.forged-host-followed", "transport.foreign-host-answered"),
)


@checks(RULE, reads="app")
def undeclared_hosts(inspected: Inspected) -> Iterator[Match]:
    """Find an application without ``hosts`` and without ``TRUSTED_HOSTS``."""
    policy = inspected.policy
    if not (policy and policy.hosts) and not inspected.config.get("TRUSTED_HOSTS"):
        yield Match("neither hosts nor TRUSTED_HOSTS is declared")
