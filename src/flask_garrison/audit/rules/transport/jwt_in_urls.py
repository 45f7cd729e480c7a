"""Tokens that Flask-JWT-Extended takes from the address."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...inspected import Inspected
from ...rule import Match, Rule, checks
from ..access.jwt import settings, uses_jwt

IN_URL = Rule(
    id="transport.jwt-in-url",
    kind="runtime",
    control="transport.secrets-in-urls",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(598,),
    asvs=("V14.2.1",),
    title="Tokens are accepted in the address",
    why="Addresses stand in the logs of servers and proxies, in the history of browsers and in the Referer that other "
    "sites see. A token in one is a login for whoever reads them.",
    fix="Accept tokens in the header, or in a cookie.",
    before='app.config["JWT_TOKEN_LOCATION"] = ["headers", "query_string"]',
    after='app.config["JWT_TOKEN_LOCATION"] = ["headers"]',
    guard="It keeps queries out of its events and out of the Referer, and not out of the server's own log.",
    language="python",
    items=(79, 115),
)


@checks(IN_URL, reads="app", needs=uses_jwt)
def in_url(inspected: Inspected) -> Iterator[Match]:
    """Find the location."""
    if settings(inspected, "jwt_in_query_string")[0]:
        yield Match("JWT_TOKEN_LOCATION holds query_string")
