"""What an HTML file on disk needs to run: hashes of its inline scripts and styles, URLs of its external scripts."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from hashlib import sha256
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

_PRELOADS = frozenset(("modulepreload", "preload"))


@dataclass(frozen=True, slots=True)
class HtmlSources:
    """Source expressions (CSP Level 3) for one page.

    Attributes:
        scripts: For ``script-src``.
        styles: For ``style-src``, where inline styles are not allowed as such.
        has_base: Whether the page sets its base URL itself.
    """

    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    has_base: bool = False


def sources_of(html: bytes) -> HtmlSources:
    """Read a page; what it does not contain is not allowed."""
    # Line ends reach the hash as the parser normalises them (HTML, preprocessing the input stream).
    text = html.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return HtmlSources(tuple(dict.fromkeys(reader.scripts)), tuple(dict.fromkeys(reader.styles)), reader.has_base)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._base = ""
        self._inline: list[str] | None = None
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.has_base = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # Of an attribute that stands twice the first counts.
        attributes = {name: value or "" for name, value in reversed(attrs)}
        if tag == "base" and not self.has_base:
            self.has_base = True
            self._base = attributes.get("href", "")
        elif tag == "script" and "src" in attributes:
            self._external(attributes["src"])
        elif tag in ("script", "style"):
            self._inline = []
        elif tag == "link" and not _PRELOADS.isdisjoint(attributes.get("rel", "").lower().split()):
            self._external(attributes.get("href", ""))

    def handle_data(self, data: str) -> None:
        if self._inline is not None:
            self._inline.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style") and self._inline is not None:
            digest = base64.b64encode(sha256("".join(self._inline).encode()).digest()).decode()
            (self.scripts if tag == "script" else self.styles).append(f"'sha256-{digest}'")
            self._inline = None

    def _external(self, src: str) -> None:
        """Add the URL of a script on a named host; one without a host is covered by ``'self'``."""
        parts = urlsplit(urljoin(self._base, src.strip()))
        if parts.netloc and parts.scheme in ("", "http", "https"):
            # Characters that would end the source or the directive are written as URLs may write them too.
            url = f"{parts.netloc}{parts.path}".replace(";", "%3B").replace(",", "%2C").replace(" ", "%20")
            self.scripts.append(f"{parts.scheme}://{url}" if parts.scheme else url)
