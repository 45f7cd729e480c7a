"""One visit in a real browser: what each page shows, and everything that goes wrong on the way."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from .files import Transfer, transfer
from .recipe import Place

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # What an app loads from elsewhere fails alike in every mode.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
PATIENCE = 20_000.0
_REPORT_ONLY = re.compile(r"\[Report Only\]|report-only", re.IGNORECASE)
_VARYING = re.compile(
    r"'nonce-[^']*'|[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}|\b[0-9a-f]{16,}\b|\d+", re.IGNORECASE
)
_REPORTS = "/_garrison/"
_WATCH = """
(() => {
  // In a sandboxed frame no listener may run, and trying to is an error on the console.
  const frame = window.frameElement;
  if (frame && frame.hasAttribute('sandbox') && !frame.sandbox.contains('allow-scripts')) return;
  document.addEventListener('securitypolicyviolation', event => window.realAppsViolation({
    directive: event.effectiveDirective, blocked: event.blockedURI, disposition: event.disposition,
    source: event.sourceFile, line: event.lineNumber, sample: event.sample, page: location.pathname,
  }));
})();
"""
_LOOK = """() => ({
  title: document.title,
  text: document.body ? document.body.innerText : '',
  sheets: document.styleSheets.length,
})"""


def plain(text: str) -> str:
    """Return ``text`` without what varies from run to run: ports, numbers, ids, white space."""
    return " ".join(_VARYING.sub("#", re.sub(r"http://127\.0\.0\.1:\d+", "", text)).split())


@dataclass(frozen=True)
class Violation:
    """A ``securitypolicyviolation`` event of a page."""

    directive: str
    blocked: str
    disposition: str
    page: str = ""
    source: str = ""
    line: int = 0
    sample: str = ""

    @property
    def kind(self) -> str:
        """What was blocked under which directive, without the place."""
        return f"{self.directive} {plain(self.blocked)}"


@dataclass
class Seen:
    """What one visit showed.

    Attributes:
        pages: Name of each step to what the page looked like.
        errors: Messages of level error on the console, without those of report-only policies.
        crashes: Uncaught errors of scripts.
        failures: Requests that failed or were answered 400 and above.
        files: Name of each upload and download to what arrived.
        stopped: Why the visit could not go on; empty if it came to its end.
        stored: What the change left behind.
    """

    pages: dict[str, str] = field(default_factory=dict)
    errors: set[str] = field(default_factory=set)
    crashes: set[str] = field(default_factory=set)
    failures: set[str] = field(default_factory=set)
    violations: list[Violation] = field(default_factory=list)
    files: dict[str, Transfer] = field(default_factory=dict)
    stopped: str = ""
    stored: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {key: sorted(value) if isinstance(value, set) else value for key, value in asdict(self).items()}


class Visit:
    """A browser page with a record of what happens in it."""

    def __init__(self, page: Page, place: Place) -> None:
        self.page = page
        self.place = place
        self.seen = Seen()
        self._loading: set[Request] = set()
        page.set_default_timeout(PATIENCE)
        page.expose_function("realAppsViolation", self._violated)
        page.add_init_script(_WATCH)
        page.on("console", self._spoke)
        page.on("pageerror", lambda error: self.seen.crashes.add(plain(str(error).split("\n")[0])))
        page.on("request", lambda request: self._loading.add(request))
        page.on("requestfinished", lambda request: self._loading.discard(request))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)
        page.on("dialog", lambda dialog: dialog.accept())

    def open(self, path: str, expect: str, *, name: str = "", text: bool = True) -> None:
        """Go to ``path``, wait for the selector ``expect``, and note what the page looks like."""
        self.page.goto(self.place.url + path, wait_until="load")
        self.note(name or path, expect, text=text)

    def note(self, name: str, expect: str, *, text: bool = True) -> None:
        """Wait for the selector ``expect`` on the current page, and note what it looks like as ``name``.

        Args:
            text: Keep the page's text; not where it tells the time, or what a background job is at.
        """
        self.page.locator(expect).first.wait_for(state="visible")
        self.settle()
        look = self.page.evaluate(_LOOK)
        self.seen.pages[plain(name)] = _words(look if text else {**look, "text": ""})

    def settle(self) -> None:
        """Wait until no request was on its way for a moment; a page that never rests is left after a while."""
        quiet = 0
        for _ in range(60):
            self.page.wait_for_timeout(100)
            quiet = 0 if self._loading else quiet + 1
            if quiet >= 7:
                return

    def uploaded(self, name: str, sent: bytes, kept: bytes | None, *, varies: bool = False) -> None:
        """Note what the app holds of a file that was sent; ``None`` for nothing."""
        self.seen.files[name] = transfer("upload", sent, kept, varies=varies)

    def download(self, name: str, start: Callable[[], object], *sent: bytes, varies: bool = False) -> bytes:
        """Let the browser save what ``start`` makes it save, note it, and return it.

        Args:
            sent: What it has to be, or one of several; nothing where only the bare run tells.
        """
        with self.page.expect_download() as saved:
            start()
        content = saved.value.path().read_bytes()
        wanted = content if content in sent else next(iter(sent), None)
        self._downloaded(name, content, wanted, varies, plain(saved.value.suggested_filename))
        return content

    def follow(self, path: str) -> Callable[[], object]:
        """Return what makes the current page go to ``path``, as a script of its own would."""
        return lambda: self.page.evaluate("address => { location.href = address }", self.place.url + path)

    def fetch(self, name: str, path: str, sent: bytes | None, headers: Mapping[str, str] = {}) -> None:
        """Ask for ``path`` with the browser's cookies, as a program would, and note what came."""
        answer = self.page.request.get(self.place.url + path, headers=dict(headers))
        disposition = answer.headers.get("content-disposition", "")
        self._downloaded(name, answer.body(), sent, False, f"{answer.status} {plain(disposition)}")

    def received(self, name: str, content: bytes, sent: bytes) -> None:
        """Note what a client of the app's own got."""
        self._downloaded(name, content, sent, False, "")

    def _downloaded(self, name: str, content: bytes, sent: bytes | None, varies: bool, saved_as: str) -> None:
        self.seen.files[name] = transfer("download", sent, content, varies=varies, name=saved_as)

    def _violated(self, facts: dict[str, Any]) -> None:
        self.seen.violations.append(Violation(**facts))

    def _spoke(self, message: ConsoleMessage) -> None:
        # Reports are the browser's own business: one that was too many is not the page's fault.
        report = _REPORTS in message.location.get("url", "")
        if message.type == "error" and not report and not _REPORT_ONLY.search(message.text):
            self.seen.errors.add(plain(message.text))

    def _failed(self, request: Request) -> None:
        self._loading.discard(request)
        # Leaving a page ends what it was still loading; that depends on the moment.
        if request.failure != "net::ERR_ABORTED":
            self.seen.failures.add(f"{request.method} {_where(request.url)} {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and _REPORTS not in response.url:
            self.seen.failures.add(f"{response.request.method} {_where(response.url)} {response.status}")


def _where(url: str) -> str:
    parts = urlsplit(url)
    host = "" if parts.hostname == "127.0.0.1" else parts.netloc
    return plain(f"{host}{parts.path}")


def _words(look: dict[str, Any]) -> str:
    return f"{plain(look['title'])} | {look['sheets']} style sheets | {plain(look['text'])}"


@contextmanager
def browser() -> Iterator[Browser]:
    """Start Chromium and stop it after the block.

    Raises:
        FileNotFoundError: if there is none on ``PATH``.
    """
    from playwright.sync_api import sync_playwright

    executable = next((path for path in map(shutil.which, NAMES) if path), None)
    if executable is None:
        raise FileNotFoundError("Chromium was not found on PATH (apt-get install chromium).")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        try:
            yield chromium
        finally:
            chromium.close()
