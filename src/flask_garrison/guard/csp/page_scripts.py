"""What the scripts of a page need to run."""

from __future__ import annotations

import base64
from hashlib import sha256
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

_OWN = "https://page.invalid/"
"""Stands for the page's own address, which 'self' names whatever it is."""


class Scripts(HTMLParser):
    """Collects what the scripts of a page need to run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._url = _OWN
        self._inline: list[str] | None = None
        self.sources: list[str] = []
        self.has_base = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a script, a base or a preload."""
        attributes = dict(reversed(attrs))
        if tag == "base":
            self.has_base = True
            self._url = urljoin(self._url, attributes.get("href") or "")
        elif tag == "script" and "src" in attributes:
            self._external(attributes["src"] or "")
        elif tag == "script":
            self._inline = []
        elif tag == "link" and (attributes.get("rel") or "").lower() in ("modulepreload", "preload"):
            self._external(attributes.get("href") or "")

    def handle_data(self, data: str) -> None:
        """Take text of an inline script."""
        if self._inline is not None:
            self._inline.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Hash an inline script at its end."""
        if tag == "script" and self._inline is not None:
            digest = sha256("".join(self._inline).encode()).digest()
            self.sources.append(f"'sha256-{base64.b64encode(digest).decode()}'")
            self._inline = None

    def _external(self, src: str) -> None:
        parts = urlsplit(urljoin(self._url, src.strip()))
        if parts.netloc and parts.netloc != urlsplit(self._url).netloc and parts.scheme in ("http", "https"):
            # Characters that would end the source or the directive make it no source at all.
            path = parts.path.replace(";", "%3B").replace(",", "%2C").replace(" ", "%20")
            # Without a scheme of its own it is the page's.
            scheme = "" if src.strip().startswith("//") else f"{parts.scheme}://"
            self.sources.append(f"{scheme}{parts.netloc}{path}")
