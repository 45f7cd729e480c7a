"""Honest visitors: what a guard must not break."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .client import Client
from .results import Outcome
from .stage import Stage

_NOTES = "SELECT count(*) FROM notes WHERE owner = 'ada'"


@dataclass(frozen=True, slots=True)
class Visit:
    """Something that honest visitors do; ``without_browser`` is ``None`` where only a browser can tell."""

    slug: str
    title: str
    in_browser: Callable[[Stage], Outcome]
    without_browser: Callable[[Stage], Outcome] | None


def _write_in_browser(stage: Stage) -> Outcome:
    before = stage.value(_NOTES)
    with stage.page("ada") as page:
        page.goto(stage.url)
        page.fill("#new input[name=title]", "Shopping")
        page.fill("#new textarea", "Two <b>lemons</b>.")
        page.click("#new button")
        page.wait_for_url(f"{stage.url}/notes/*")
        shown = page.inner_text("article b") == "lemons"
    return _written(before, stage.value(_NOTES), shown)


def _write_over_http(stage: Stage) -> Outcome:
    before = stage.value(_NOTES)
    client = stage.client("ada")
    client.post("/notes", {"title": "Shopping", "body": "Two <b>lemons</b>."})
    note = stage.value("SELECT max(id) FROM notes")
    shown = "Two <b>lemons</b>." in client.get(f"/notes/{note}").text
    return _written(before, stage.value(_NOTES), shown)


def _written(before: object, after: object, shown: bool) -> Outcome:
    done = isinstance(before, int) and after == before + 1
    return Outcome(done and shown, f"ada's notes: {before} -> {after}", {"before": before, "after": after})


def _scripts(stage: Stage) -> Outcome:
    with stage.page("ada") as page:
        page.goto(stage.url)
        inline = page.evaluate("document.documentElement.dataset.theme") == "auto"
        external = page.inner_text("output") == "2000 characters left."
        page.click("#theme")
        clicked = page.inner_text("#theme") == "Colours: light"
    facts = {"inline": inline, "external": external, "click": clicked}
    silent = ", ".join(name for name, ran in facts.items() if not ran)
    return Outcome(not silent, f"Did not run: {silent}" if silent else "Inline and external: both ran", facts)


def _phone_app(stage: Stage) -> Outcome:
    client = stage.client("ada")
    answer = client.get("/api/notes", {"Accept": "application/json"})
    good = answer.status == 200 and "canal" in answer.text
    return Outcome(good, f"Status {answer.status}", {"status": answer.status})


def _sign_in_fails(stage: Stage) -> Outcome:
    answer = Client(stage.url).post("/login", {"name": "ada", "password": "wrong"})
    return Outcome("do not go together" in answer.text, f"Status {answer.status}", {"status": answer.status})


VISITS = (
    Visit("own-post", "Ada saves a note", _write_in_browser, _write_over_http),
    Visit("own-scripts", "The app's own scripts run", _scripts, None),
    Visit("phone-app", "The phone app reads its notes", _phone_app, _phone_app),
    Visit("wrong-password", "A wrong password is explained", _sign_in_fails, _sign_in_fails),
)
