"""The scheme of links that are made outside a request."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...inspected import Inspected
from ...rule import Match, Rule, checks

RULE = Rule(
    id="transport.plain-links",
    kind="runtime",
    control="transport.https-only",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(319,),
    asvs=("V12.2.1",),
    title="Links in mails begin with http://",
    why="Outside a request, in a job that sends mails, Flask makes absolute links with PREFERRED_URL_SCHEME. A link to "
    "reset a password then makes its first request in the clear, with the token in the address.",
    fix="Set PREFERRED_URL_SCHEME to https.",
    before='app.config.update(SERVER_NAME="www.shop.example", PREFERRED_URL_SCHEME="http")',
    after='app.config.update(SERVER_NAME="www.shop.example", PREFERRED_URL_SCHEME="https")',
    guard="It redirects to HTTPS, which the browser learns only after the first request was sent.",
    language="python",
    lesson="transport-in-the-clear",
    items=(24,),
)
_OWN_MACHINE = ("localhost", "127.0.0.1", "[::1]")


def _makes_links(inspected: Inspected) -> bool:
    """Return whether Flask can make links outside a request, for others than the own machine."""
    name = str(inspected.config.get("SERVER_NAME") or "")
    host = name.rpartition(":")[0] or name
    return bool(host) and host not in _OWN_MACHINE and not host.endswith(".localhost")


@checks(RULE, reads="app", needs=_makes_links)
def plain_links(inspected: Inspected) -> Iterator[Match]:
    """Find the scheme that links outside a request would have."""
    with inspected.app.app_context() as context:
        adapter = context.url_adapter
    if adapter is not None and adapter.url_scheme == "http":
        yield Match("PREFERRED_URL_SCHEME is http", subject="PREFERRED_URL_SCHEME")
