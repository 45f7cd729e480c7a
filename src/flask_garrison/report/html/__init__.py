"""One HTML page that needs nothing else: no network, no script, no fonts; a small script adds filters where it may run.

Its Content-Security-Policy allows exactly the style and the script that the page carries, by hash. Every word that
comes from the application is escaped by Jinja, and what is invisible in it or turns the direction of writing is shown
by its code.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ...findings import Report, Severity
from ..printable import cut, printable_block
from ..run import Run
from .view import view_of

HERE = Path(__file__).parent
_LONGEST = 5_000
"""Characters of one piece of text; a line of a megabyte is evidence, and no reading matter."""


def render_html(report: Report, *, fail_on: Severity | None = Severity.MEDIUM, run: Run | None = None) -> str:
    """Return the page."""
    style, script = (HERE / "style.css").read_text("utf-8"), (HERE / "filters.js").read_text("utf-8")
    return (
        environment()
        .get_template("page.html.jinja")
        .render(
            view=view_of(report, run or Run(), fail_on),
            style=Markup(style),  # noqa: S704
            script=Markup(script),  # noqa: S704
            csp=policy(style, script),
        )
        + "\n"
    )


def environment() -> Environment:
    """Return the environment of the templates: everything is escaped, and a name that is not there is an error."""
    return Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_visible,
    )


def policy(style: str, script: str) -> str:
    """Return the page's Content-Security-Policy."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )


def _hash(source: str) -> str:
    digest = hashlib.sha256(source.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _visible(value: Any) -> Any:
    """Make text from elsewhere safe to look at; what is markup already is the page's own."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return printable_block(cut(value, _LONGEST))
