"""HTML files written by the developers and served as they are: their own scripts run by hash and exact URL.

A single-page application's ``index.html`` was never compiled by Jinja and cannot carry a nonce. What it contains is
known before it is sent, so the policy names the SHA-256 of each inline script and the URL of each external one, and
nothing else. Files that users can write (uploads, the instance folder) never get this: their scripts do not run.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import BuiltinFunctionType
from typing import TYPE_CHECKING, Any

from flask import Flask, Response

from ...context import SecurityContext
from ...policy import Policy
from ..answer import Kind, kind_of
from ..notices import Notices
from .build import NONCE_SOURCE
from .directives import NONE, Directives

if TYPE_CHECKING:
    from .html_sources import HtmlSources

_MAX_BYTES = 4_194_304
_MAX_PAGES = 1_024
_WRITABLE_NAMES = frozenset(
    (
        "attachments",
        "avatars",
        "documents",
        "files",
        "incoming",
        "instance",
        "media",
        "storage",
        "tmp",
        "upload",
        "uploads",
        "user_files",
        "user_uploads",
        "usercontent",
        "userfiles",
        "var",
    )
)
"""Folders with these names, inside the developers', are not the developers' unless the policy names them."""
_WRITABLE_KEY = re.compile(r"UPLOAD|MEDIA_ROOT|INSTANCE")
_SERVED_KEY = "flask_garrison.served_page"
_WRAPPED_KEY = "flask_garrison.wrapped_file"
_Version = tuple[str, int, int, int]


class StaticPages:
    """Script sources for the developers' HTML files, computed once for each version of a file."""

    def __init__(self, app: Flask, policy: Policy) -> None:
        self._app = app
        self._declared = [_real(folder) for folder in policy.trusted_html_folders]
        self._hashes_styles = policy.style_nonces
        self._pages: dict[_Version, HtmlSources] = {}
        self._notices = Notices("headers.csp")

    @staticmethod
    def watch(context: SecurityContext) -> None:
        """Watch what the view hands to a server whose file wrapper tells nothing of its file; an ``arrival``."""
        environ = context.request.environ
        wrapper: Any = environ.get("wsgi.file_wrapper")
        # uWSGI's is a function written in C. Others are classes, which a server may compare with (gunicorn does).
        if isinstance(wrapper, BuiltinFunctionType) or getattr(wrapper, "__module__", "") == "mod_wsgi":

            def wrap(file: Any, *arguments: Any) -> Any:
                wrapped = wrapper(file, *arguments)
                environ[_WRAPPED_KEY] = (wrapped, getattr(file, "name", None))
                return wrapped

            environ["wsgi.file_wrapper"] = wrap

    def remember(self, context: SecurityContext, response: Response) -> Response:
        """Remember which file the view answered with, before the application compresses it; a ``rendering``."""
        if response.direct_passthrough and kind_of(response) is Kind.DOCUMENT:
            path = served_file(response, context.request.environ)
            if path is not None:
                context.request.environ[_SERVED_KEY] = (path, response.headers.get("Last-Modified"))
        return response

    def page_of(self, context: SecurityContext, response: Response) -> HtmlSources | None:
        """Return what the developers' file that is answered needs, or ``None`` for any other answer."""
        path, modified = context.request.environ.get(_SERVED_KEY, (None, None))
        if path is None or modified != response.headers.get("Last-Modified"):
            return None
        if not self._is_trusted(path):
            self._tell(context, path)
            return None
        return self._sources(path)

    def adapted(self, page: HtmlSources, directives: Directives) -> Directives:
        """Return the nonce policy's ``directives`` as they are for a file."""
        adapted = {**directives, "script-src": _scripts(page, directives["script-src"])}
        if self._hashes_styles and directives["style-src"] != NONE:
            # A file's own stylesheets cannot carry a nonce; like its scripts, they come from this site.
            kept = (one for one in directives["style-src"] if one not in (NONCE_SOURCE, "'self'"))
            adapted["style-src"] = ("'self'", *kept, *page.styles)
        if page.has_base and directives["base-uri"] == NONE:
            adapted["base-uri"] = ("'self'",)
        return adapted

    def _sources(self, path: Path) -> HtmlSources | None:
        version = _version_of(path)
        if version is None:
            return None
        page = self._pages.get(version)
        if page is None:
            from .html_sources import sources_of

            if len(self._pages) >= _MAX_PAGES:
                self._pages.clear()
            # One that is too large to read gets no script beyond files of its own site.
            page = self._pages[version] = sources_of(path.read_bytes() if version[-1] <= _MAX_BYTES else b"")
        return page

    def _is_trusted(self, path: Path) -> bool:
        if any(path.is_relative_to(folder) for folder in _writable_folders(self._app)):
            return False
        if any(path.is_relative_to(folder) for folder in self._declared):
            return True
        for folder in _developer_folders(self._app):
            if path.is_relative_to(folder):
                return not _WRITABLE_NAMES & {part.lower() for part in path.relative_to(folder).parts[:-1]}
        return False

    def _tell(self, context: SecurityContext, path: Path) -> None:
        folder = str(path.parent)
        if self._notices.is_new("html", folder):
            problem = "Scripts of HTML files in this folder do not run: users may be able to write there."
            line = f'If only developers do: trusted_html_folders=["{folder}"]'
            self._notices.say(context, problem, name=folder, line=line, outcome="refused")


def _scripts(page: HtmlSources, stated: tuple[str, ...]) -> tuple[str, ...]:
    """Return script sources for a page: its own, and what the policy or the view allows beside nonces."""
    if stated == NONE or "'unsafe-inline'" in stated:
        return stated
    kept = (one for one in stated if one not in (NONCE_SOURCE, "'strict-dynamic'"))
    return tuple(dict.fromkeys(("'self'", *page.scripts, *kept)))


def served_file(response: Response, environ: Mapping[str, Any]) -> Path | None:
    """Return the real path of the file behind a passed-through response, whichever server wraps it."""
    body: Any = response.response
    # Werkzeug and waitress call it ``file``, gunicorn and wsgiref ``filelike``.
    for attribute in ("file", "filelike"):
        name = getattr(getattr(body, attribute, None), "name", None)
        if isinstance(name, str):
            return _real(name)
    wrapped, name = environ.get(_WRAPPED_KEY, (None, None))
    if wrapped is None or wrapped is not body:
        # With USE_X_SENDFILE the body is left to the web server.
        name = response.headers.get("X-Sendfile")
    return _real(name) if name and isinstance(name, str) else None


def _developer_folders(app: Flask) -> Iterator[Path]:
    for owner in (app, *app.blueprints.values()):
        for folder in (owner.static_folder, owner.root_path):
            if folder:
                yield _real(folder)


def _writable_folders(app: Flask) -> Iterator[Path]:
    yield _real(app.instance_path)
    for key, value in app.config.items():
        if value and isinstance(value, str | os.PathLike) and _WRITABLE_KEY.search(key) and "URL" not in key:
            # Applications resolve a relative one against either.
            yield _real(value)
            yield _real(os.path.join(app.root_path, value))


def _version_of(path: Path) -> _Version | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return (str(path), status.st_ino, status.st_mtime_ns, status.st_size)


def _real(path: str | os.PathLike[str]) -> Path:
    return Path(os.path.realpath(path))
