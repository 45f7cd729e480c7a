"""The HTML report in a real Chromium: reading, filtering, keyboard, print, accessibility, and attacks on it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from flask_garrison.findings import Report
from flask_garrison.report import render
from tests.report.support import ATTACKS, CLEAN, REPORT, RUN, hostile

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

Contexts = Callable[..., "BrowserContext"]
OPEN_ALL = "for (const one of document.querySelectorAll('details')) one.open = true"
SHOWN = "[...document.querySelectorAll('.finding')].filter((one) => one.checkVisibility()).map((one) => one.id)"
FILTERS = "!document.getElementById('filters').hidden"


@pytest.fixture
def show(tmp_path: Path) -> Callable[..., list[str]]:
    """Open a report in a page, from a file, and give what the page says about itself, asks for or pops up."""

    def show(page: Page, report: Report) -> list[str]:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: said.append(request.url) if not request.is_navigation_request() else None)
        file = tmp_path / "report.html"
        file.write_text(render(report, "html", run=RUN), "utf-8")
        page.goto(file.as_uri())
        return said

    return show


@pytest.mark.parametrize("report", [REPORT, CLEAN, *map(hostile, ATTACKS)], ids=lambda one: repr(one.target.name[:20]))
def test_the_page_loads_nothing_runs_nothing_else_and_breaks_nothing(
    page: Page, show: Callable[..., list[str]], report: Report
) -> None:
    said = show(page, report)
    page.evaluate(OPEN_ALL)
    assert said == []
    assert page.locator("script").count() == 1


def axe(page: Page, node_modules: Path) -> dict[str, Any]:
    """Return what axe-core holds against the page, by rule: the elements."""
    page.evaluate((node_modules / "axe-core" / "axe.min.js").read_text("utf-8") + "; null")
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return {found["id"]: [node["html"][:80] for node in found["nodes"]] for found in result["violations"]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("report", [REPORT, CLEAN], ids=["full", "clean"])
def test_axe_finds_nothing(
    new_context: Contexts, show: Callable[..., list[str]], node_modules: Path, scheme: str, width: int, report: Report
) -> None:
    page = new_context(color_scheme=scheme, viewport={"width": width, "height": 900}).new_page()
    show(page, report)
    page.evaluate(OPEN_ALL)
    assert axe(page, node_modules) == {}


@pytest.mark.parametrize("report", [REPORT, *map(hostile, ATTACKS)], ids=lambda one: repr(one.target.name[:20]))
def test_a_narrow_screen_needs_no_sideways_scrolling(
    new_context: Contexts, show: Callable[..., list[str]], report: Report
) -> None:
    page = new_context(viewport={"width": 320, "height": 900}).new_page()
    show(page, report)
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_filters(page: Page, show: Callable[..., list[str]]) -> None:
    show(page, REPORT)
    everything = ["finding-1", "finding-2", "finding-3", "finding-4"]
    assert page.evaluate(SHOWN) == ["finding-3", "finding-1", "finding-2", "finding-4"]
    page.get_by_label("Severity").select_option("medium")
    assert page.evaluate(SHOWN) == ["finding-3", "finding-2"]
    assert page.get_by_role("status").text_content() == "2 of 4 shown"
    page.get_by_label("Chapter", exact=True).select_option("headers")
    assert page.evaluate(SHOWN) == ["finding-2"]
    page.get_by_label("Severity").select_option("")
    page.get_by_label("Text").fill("ONCLICK")
    assert page.evaluate(SHOWN) == ["finding-4"]
    assert not page.get_by_role("heading", name="Who may come in").is_visible()
    page.get_by_label("Text").fill("")
    page.get_by_label("Chapter", exact=True).select_option("")
    assert sorted(page.evaluate(SHOWN)) == everything


def test_without_scripts_everything_is_there_but_the_filters(
    new_context: Contexts, show: Callable[..., list[str]]
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    show(page, REPORT)
    assert not page.locator("#filters").is_visible()
    assert page.locator(".finding").count() == 4
    assert page.get_by_text("Make a key.").is_visible()
    page.locator("#finding-4 > summary").click()
    assert page.locator("#finding-4").get_by_text("Add a listener").first.is_visible()


def test_the_keyboard_reaches_the_report_and_opens_findings(page: Page, show: Callable[..., list[str]]) -> None:
    show(page, REPORT)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.locator("#finding-4 > summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("#finding-4").get_attribute("open") is not None


def test_landmarks_and_headings(page: Page, show: Callable[..., list[str]]) -> None:
    show(page, REPORT)
    for role in ("banner", "navigation", "main", "contentinfo", "search"):
        assert page.get_by_role(role).count() == 1
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5')].map((one) => Number(one.tagName[1]))")
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_a_link_to_a_closed_finding_opens_it(page: Page, show: Callable[..., list[str]]) -> None:
    show(page, CLEAN)
    show(page, hostile("x"))
    page.evaluate("for (const one of document.querySelectorAll('.finding')) one.open = false")
    page.locator("ol.steps a").first.click()
    assert page.locator("#finding-1").get_attribute("open") is not None


def test_an_old_report_says_so(page: Page, show: Callable[..., list[str]]) -> None:
    page.clock.set_fixed_time("2027-03-01T00:00:00Z")
    show(page, REPORT)
    assert page.locator("#old").text_content() == "This report is 96 days old. Run it again before you rely on it."


@pytest.mark.parametrize("scripts", [True, False])
def test_print_shows_what_is_folded_and_leaves_out_what_is_for_the_screen(
    new_context: Contexts, show: Callable[..., list[str]], scripts: bool
) -> None:
    page = new_context(java_script_enabled=scripts, color_scheme="dark").new_page()
    show(page, REPORT)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("#finding-4").get_by_text("Add a listener").first.is_visible()
    for away in ("#filters", "header nav", ".skip"):
        assert not page.locator(away).is_visible()
    assert re.search(rb"/Type /Pages?\b", page.pdf(format="A4"))
