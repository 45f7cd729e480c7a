"""HTML files written by the developers and served as they are: their own scripts run by hash and exact URL.

A single-page application's ``index.html`` was never compiled by Jinja and cannot carry a nonce. What it contains is
known
before it is sent, so the policy names the SHA-256 of each inline script and the URL of each external one, and nothing
else.
Files that users can write (uploads, the instance folder) never get this: their scripts do not run.
"""

from __future__ import annotations

import base64
import os
import re
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from flask import Flask, Response

from ...context import SecurityContext
from ...policy import Policy
from .directives import Directives

_MAX_BYTES = 4_194_304
_MAX_PAGES = 1_024
_WRITABLE_NAMES = frozenset({"instance", "media", "tmp", "upload", "uploads", "user_files"})
_UPLOAD_KEY = re.compile(r"UPLOAD|MEDIA_ROOT|INSTANCE")
_Version = tuple[str, int, int, int]


class StaticPages:
    """Script sources for the developers' HTML files, computed once for each version of a file."""

    def __init__(self, app: Flask, policy: Policy) -> None:
        self._app = app
        self._policy = policy
        self._pages: dict[_Version, Directives] = {}

    def directives_of(self, context: SecurityContext, response: Response) -> Directives | None:
        """Return the directives that replace the nonce policy's, or ``None`` for any other answer."""
        if not response.direct_passthrough:
            return None
        path = served_file(response)
        if path is None or not self._is_trusted(path):
            return None
        version = _version_of(path)
        if version is None:
            return None
        page = self._pages.get(version)
        if page is None:
            if len(self._pages) >= _MAX_PAGES:
                self._pages.clear()
            page = self._pages[version] = page_directives(path, context.request.base_url)
        return page

    def _is_trusted(self, path: Path) -> bool:
        if any(path.is_relative_to(folder) for folder in _writable_folders(self._app)):
            return False
        declared = [_real(folder) for folder in self._policy.trusted_html_folders]
        if any(path.is_relative_to(folder) for folder in declared):
            return True
        for folder in _developer_folders(self._app):
            if path.is_relative_to(folder):
                return not _WRITABLE_NAMES & {part.lower() for part in path.relative_to(folder).parts[:-1]}
        return False


def served_file(response: Response) -> Path | None:
    """Return the real path of the file behind a passed-through response, whichever server wraps it."""
    body = response.response
    for attribute in ("file", "filelike", "_file"):
        name = getattr(getattr(body, attribute, None), "name", None)
        if isinstance(name, str):
            return _real(name)
    return None


def page_directives(path: Path, url: str) -> Directives:
    """Return script sources for one HTML file: hashes of inline scripts, exact URLs of external ones.

    Args:
        path: The file; one above 4 MiB gets no script at all.
        url: The URL under which it is served, for relative script URLs.
    """
    if path.stat().st_size > _MAX_BYTES:
        return {"script-src": ("'none'",)}
    scripts = _Scripts(url)
    # Newlines reach the hash as the parser normalises them (HTML, preprocessing the input stream).
    text = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    scripts.feed(text)
    scripts.close()
    sources = tuple(dict.fromkeys(("'self'", *scripts.sources)))
    page: Directives = {"script-src": (*sources, "'report-sample'")}
    if scripts.has_base:
        page["base-uri"] = ("'self'",)
    return page


class _Scripts(HTMLParser):
    """Collects what the scripts of a page need to run."""

    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self._url = url
        self._inline: list[str] | None = None
        self.sources: list[str] = []
        self.has_base = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
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
        if self._inline is not None:
            self._inline.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._inline is not None:
            digest = sha256("".join(self._inline).encode()).digest()
            self.sources.append(f"'sha256-{base64.b64encode(digest).decode()}'")
            self._inline = None

    def _external(self, src: str) -> None:
        parts = urlsplit(urljoin(self._url, src.strip()))
        own = urlsplit(self._url)
        foreign = (parts.scheme, parts.netloc) != (own.scheme, own.netloc)
        if foreign and parts.scheme in ("http", "https"):
            # Characters that would end the source or the directive make it no source at all.
            path = parts.path.replace(";", "%3B").replace(",", "%2C").replace(" ", "%20")
            self.sources.append(f"{parts.scheme}://{parts.netloc}{path}")


def _developer_folders(app: Flask) -> list[Path]:
    folders = [app.static_folder, app.root_path]
    for blueprint in app.blueprints.values():
        folders += [blueprint.static_folder, blueprint.root_path]
    return [_real(folder) for folder in folders if folder]


def _writable_folders(app: Flask) -> list[Path]:
    named = [
        value for key, value in app.config.items() if _UPLOAD_KEY.search(key) and isinstance(value, str | os.PathLike)
    ]
    return [_real(folder) for folder in (app.instance_path, *named) if str(folder)]


def _version_of(path: Path) -> _Version | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return (str(path), status.st_ino, status.st_mtime_ns, status.st_size)


def _real(path: str | os.PathLike[str]) -> Path:
    return Path(os.path.realpath(path))
