"""Violation reports that a real Chromium sends, over HTTPS through the Reporting API and over HTTP through report-uri.

Chromium keeps reports of the Reporting API back for a while; ``--short-reporting-delay`` makes that a moment. It sends
them in the background, where only ``--ignore-certificate-errors`` makes it take the test server's certificate.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask, redirect, render_template_string, request

from flask_garrison import Garrison, events
from flask_garrison.events import SecurityEvent
from tests.support import requirements
from tests.support.browser import ARGUMENTS
from tests.support.server import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Serve = Callable[..., Site]
PAGE = """<!doctype html><title>page</title>
<button onclick="document.title = 'handler ran'">buy</button>
<script>addEventListener('message', () => { try { eval('1') } catch (error) { document.title += '!' } })</script>"""
HANDLER = (
    "Move the handler into a script of the template (element.addEventListener), or allow it on this page: "
    'allow_insecure_inline_handlers=["buy_page"]'
)
EVAL = 'allow_insecure_eval=["buy_page"]'
PROMPT = ("--short-reporting-delay", "--ignore-certificate-errors")
API, URI = "application/reports+json", "application/csp-report"


class Inbox:
    """Waits for the events that reports become."""

    def __init__(self) -> None:
        self._all: list[SecurityEvent] = []
        self._news = threading.Condition()

    def __call__(self, event: SecurityEvent) -> None:
        with self._news:
            self._all.append(event)
            self._news.notify_all()

    def wait_for(self, directive: str) -> SecurityEvent:
        def found() -> SecurityEvent | None:
            return next((event for event in self._all if event.detail.get("directive") == directive), None)

        with self._news:
            event = self._news.wait_for(found, timeout=20)
        assert event is not None, f"no report of {directive} arrived"
        return event


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    inbox = Inbox()
    unsubscribe = events.subscribe(inbox)
    yield inbox
    unsubscribe()


@pytest.fixture
def prompt_page(chromium: Browser) -> Iterator[Page]:
    """Give a page of a Chromium that sends reports at once."""
    executable = requirements.require(requirements.CHROMIUM)
    browser = chromium.browser_type.launch(executable_path=executable, args=[*ARGUMENTS, *PROMPT])
    yield browser.new_context(ignore_https_errors=True).new_page()
    browser.close()


class Shop:
    """An app that sends everybody to its login first; ``arrived`` fills with the media types of reports."""

    def __init__(self, **settings: str) -> None:
        self.arrived: list[str] = []
        self.app = Flask("shop")
        self.app.add_url_rule("/", "buy_page", lambda: render_template_string(PAGE))
        self.app.before_request(lambda: None if request.path in ("/", "/login") else redirect("/login"))
        Garrison(self.app, **settings)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        if environ["REQUEST_METHOD"] == "POST":
            self.arrived.append(environ["CONTENT_TYPE"])
        return self.app(environ, start_response)


def violate(page: Page, url: str) -> None:
    """Open the page, press its button, and let its script call eval."""
    page.goto(url)
    page.click("button")
    page.evaluate("postMessage('now')")


@pytest.mark.parametrize("mode", ["enforce", "observe"])
def test_over_https_reports_arrive_through_the_reporting_api(
    prompt_page: Page, serve: Serve, inbox: Inbox, mode: str
) -> None:
    shop = Shop(mode=mode)
    violate(prompt_page, serve(shop, ssl=True) + "/")
    outcome = "refused" if mode == "enforce" else "would_refuse"
    for directive, blocked, advice in (("script-src-attr", "inline", HANDLER), ("script-src", "eval", EVAL)):
        event = inbox.wait_for(directive)
        assert event.event == f"input_validation_fail:csp-violation,{directive}"
        assert (event.outcome, event.control) == (outcome, "headers.csp")
        assert (event.detail["blocked"], event.detail["page"]) == (blocked, "/")
        assert (event.detail["endpoint"], event.detail["advice"]) == ("buy_page", advice)
    assert set(shop.arrived) == {API}
    assert prompt_page.title() == ("page!" if mode == "enforce" else "handler ran")


@pytest.mark.parametrize("mode", ["enforce", "observe"])
def test_over_http_reports_arrive_through_report_uri(page: Page, serve: Serve, inbox: Inbox, mode: str) -> None:
    """``shop.test`` over HTTP is not trustworthy to Chromium: it knows no Reporting API there."""
    shop = Shop(mode=mode)
    violate(page, serve(shop).on("shop.test") + "/")
    outcome = "refused" if mode == "enforce" else "would_refuse"
    for directive, blocked, advice in (("script-src-attr", "inline", HANDLER), ("script-src", "eval", EVAL)):
        event = inbox.wait_for(directive)
        assert (event.outcome, event.detail["blocked"], event.detail["advice"]) == (outcome, blocked, advice)
    assert set(shop.arrived) == {URI}


def test_over_http_on_loopback_reports_arrive_too(page: Page, serve: Serve, inbox: Inbox) -> None:
    violate(page, serve(Shop()) + "/")
    assert inbox.wait_for("script-src-attr").detail["advice"] == HANDLER


def test_webassembly_is_reported_with_its_line(page: Page, serve: Serve, inbox: Inbox) -> None:
    app = Flask("shop")
    page_with_wasm = "<script>new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))</script>"
    app.add_url_rule("/", "editor", lambda: render_template_string(page_with_wasm))
    Garrison(app)
    page.goto(serve(app) + "/")
    event = inbox.wait_for("script-src")
    assert event.detail["blocked"] == "wasm-eval"
    assert event.detail["advice"] == (
        """@view_policy(csp={"script-src": ["'strict-dynamic'", "'report-sample'", "'wasm-unsafe-eval'"]}) on editor"""
    )
