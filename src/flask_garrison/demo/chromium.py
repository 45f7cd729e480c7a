"""A real Chromium, when there is one: found on PATH, driven by Playwright, kept off every network but loopback."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Names other than the two that the demo uses lead nowhere, so that no page can call home.
    "--host-resolver-rules=MAP localhost 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
HOW = "With Chromium and 'pip install \"flask-garrison[demo]\"' the attacks run in a real browser."


def find() -> str | None:
    """Return the path of Chromium or Chrome, or ``None``."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


@contextmanager
def opened(wanted: bool, tell: Callable[[str], None]) -> Iterator[Browser | None]:
    """Start Chromium until the block ends; where it cannot be, ``tell`` why and give ``None``."""
    executable = find()
    reason = _missing(wanted, executable)
    if reason:
        tell(reason)
        yield None
        return
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=executable, args=list(_arguments()))
        except Error as error:
            tell(f"No browser: {executable} does not start ({str(error).splitlines()[0]}).")
            yield None
            return
        try:
            yield browser
        finally:
            browser.close()


def _missing(wanted: bool, executable: str | None) -> str:
    if not wanted:
        return "No browser, as asked."
    if executable is None:
        return f"No browser: Chromium was not found on PATH (apt-get install chromium). {HOW}"
    if find_spec("playwright") is None:
        return f"No browser: Playwright for Python is not installed. {HOW}"
    return ""


def _arguments() -> tuple[str, ...]:
    # Chromium's sandbox does not work for root.
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return ("--no-sandbox", *ARGUMENTS) if root else ARGUMENTS
