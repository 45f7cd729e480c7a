"""How large a cookie may become before anybody notices that browsers drop it."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...facts.sessions import has_sessions, keeps_sessions_in_cookie
from ...inspected import Inspected
from ...rule import Match, Rule, checks

LARGEST = 4_096

RULE = Rule(
    id="headers.cookie-size-unnoticed",
    kind="runtime",
    control="headers.cookies",
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    cwe=(778,),
    asvs=(),
    title="A session that is too large is lost in silence",
    why="Browsers keep cookies of up to 4096 bytes and drop larger ones without a word. Flask warns of such a cookie "
    "unless MAX_COOKIE_SIZE is raised or 0: then a session keeps its old content, and nobody learns why.",
    fix="Leave MAX_COOKIE_SIZE at 4093, and keep large sessions on the server.",
    before='app.config["MAX_COOKIE_SIZE"] = 0',
    after='app.config["MAX_COOKIE_SIZE"] = 4093',
    guard="Nothing: it leaves the size to Flask's warning.",
    language="python",
    items=(28,),
)


def _session_is_cookie(inspected: Inspected) -> bool:
    return has_sessions(inspected) and keeps_sessions_in_cookie(inspected)


@checks(RULE, reads="app", needs=_session_is_cookie)
def cookie_size(inspected: Inspected) -> Iterator[Match]:
    """Find a limit of the answer class beyond what browsers keep."""
    with inspected.app.app_context():
        limit = inspected.app.response_class().max_cookie_size
    if not limit:
        yield Match("no cookie is too large for a warning", subject="MAX_COOKIE_SIZE")
    elif limit > LARGEST:
        yield Match(f"cookies up to {limit} bytes give no warning", subject="MAX_COOKIE_SIZE")
