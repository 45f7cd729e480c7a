"""Secrets in an error page: the app's own handler shows the traceback, and that names a password."""

from __future__ import annotations

from ..client import Client
from ..example import MAIL_PASSWORD
from ..results import Outcome
from ..stage import Stage
from .base import Attack


def strike(stage: Stage) -> Outcome:
    """Ask, as a stranger, for a new password while the mail server is down."""
    answer = Client(stage.url).post("/forgot", {"email": "ben@example.org"})
    leaked = MAIL_PASSWORD in answer.text
    shown = f"Status {answer.status}; the page shows the mail server's password {MAIL_PASSWORD}"
    proof = shown if leaked else f"Status {answer.status}; the page names no secret"
    return Outcome(leaked, proof, {"status": answer.status, "leaked": leaked})


ATTACK = Attack(
    slug="error-page",
    title="Secrets in an error page",
    story="The mail server is down, and the app's own error page shows the traceback with its password.",
    control="assessment.error-pages",
    in_browser=strike,
    over_http=strike,
)
