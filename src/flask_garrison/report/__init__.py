"""Reports: a :class:`~flask_garrison.findings.Report` in, a string out."""

from __future__ import annotations

from ..findings import Report

FORMATS = ("text", "json")
LATER_FORMATS = ("sarif", "junit", "markdown", "html")


def render(report: Report, form: str, *, width: int = 100, colour: bool = False) -> str:
    """Return a report in one of :data:`FORMATS`; width (columns) and colour concern text alone."""
    if form == "json":
        from .json import render_json

        return render_json(report)
    from .text import render_text

    return render_text(report, width=width, colour=colour)
