"""Dash: its index page is built in Python, from nothing but the developers' own configuration and text.

Jinja never sees that page, so the nonce is added where Dash puts it together: in ``interpolate_index``, which Dash
documents as the method to override. The scripts that Dash itself writes (its bundles, ``external_scripts``, clientside
callbacks, the renderer) and those in the developers' ``index_string`` get it; what a title, a meta tag or a layout
brings along does not.
"""

from __future__ import annotations

import secrets
import sys
from collections.abc import Callable, Iterator
from functools import wraps
from inspect import unwrap
from typing import Any

from flask import Flask

from ...context import SecurityContext, current

_SCRIPT_PARTS = ("scripts", "renderer")


class DashPages:
    """Finds the Dash applications that one Flask application serves, whenever they are added; an ``arrival``."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._views = 0
        # Replaced on the way out, so that a nonce never becomes part of what Dash keeps; nobody outside can guess it.
        self._placeholder = secrets.token_urlsafe(16)

    def __call__(self, context: SecurityContext) -> None:
        """Look again if views were added since the last request."""
        if len(self._app.view_functions) == self._views:
            return
        self._views = len(self._app.view_functions)
        for dash in _dash_apps(self._app):
            self._guard(dash)

    def _guard(self, dash: Any) -> None:
        interpolate: Callable[..., str] = dash.interpolate_index
        if getattr(interpolate, "garrison", None) is self:
            return

        @wraps(interpolate)
        def interpolate_index(**parts: str) -> str:
            context = current()
            if context is None:
                return interpolate(**parts)
            # The setter checks the text, and the application may have set another one since.
            if self._placeholder not in dash.index_string:
                dash.index_string = self._marked(dash.index_string)
            for name in _SCRIPT_PARTS:
                parts[name] = self._marked(parts.get(name, ""))
            return interpolate(**parts).replace(self._placeholder, context.nonce)

        interpolate_index.garrison = self  # type: ignore[attr-defined]
        dash.interpolate_index = interpolate_index

    def _marked(self, html: str) -> str:
        """Return ``html`` with a nonce attribute in each start tag of a script that has none."""
        marked, position = "", 0
        from ..html import Tokenizer

        for tag in Tokenizer().feed(html.encode("ascii", "replace")):
            if tag.name == "script" and not tag.closing and "nonce" not in tag.attributes:
                behind = tag.start + len("<script")
                marked += f'{html[position:behind]} nonce="{self._placeholder}"'
                position = behind
        return marked + html[position:]


def _dash_apps(app: Flask) -> Iterator[Any]:
    """Yield the Dash objects among the owners of the application's views, without importing Dash."""
    dash_class = getattr(sys.modules.get("dash"), "Dash", None)
    if not isinstance(dash_class, type):
        return
    found: list[Any] = []
    for view in app.view_functions.values():
        owner = getattr(unwrap(view), "__self__", None)
        if isinstance(owner, dash_class) and owner not in found:
            found.append(owner)
            yield owner
