"""Chromium, driven by Playwright's synchronous interface."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .requirements import require_module

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP *.test 127.0.0.1",
)


class ParkedBrowser:
    """A browser for one test process, asleep between the tests that use it.

    The synchronous interface leaves an event loop marked as running in this thread. A later test in the same process
    that runs an async view would be refused by asyncio, so the mark is taken off when a test gives the browser back.
    """

    def __init__(self, browser: Browser) -> None:
        """Take over a running browser."""
        self._browser = browser
        self._loop = asyncio.get_running_loop()
        self.park()

    def park(self) -> None:
        """Let the thread look as if no event loop ran in it."""
        asyncio._set_running_loop(None)

    def wake(self) -> Browser:
        """Give the browser to a test."""
        asyncio._set_running_loop(self._loop)
        return self._browser


@contextmanager
def launched(executable: str) -> Iterator[ParkedBrowser]:
    """Start Chromium and stop it after the block."""
    playwright = require_module("playwright.sync_api", "playwright").sync_playwright().start()
    browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
    parked = ParkedBrowser(browser)
    try:
        yield parked
    finally:
        parked.wake().close()
        playwright.stop()


def console(page: Page) -> list[str]:
    """Return a list that fills with what the page's console and its uncaught errors say, violations of CSP included."""
    lines: list[str] = []
    page.on("console", lambda message: lines.append(message.text))
    page.on("pageerror", lambda error: lines.append(str(error)))
    return lines
