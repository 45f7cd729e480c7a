"""Reports: a :class:`~flask_garrison.findings.Report` in, a string out."""

from __future__ import annotations

from ..findings import Report, Severity
from .run import Run

FORMATS = ("text", "json", "sarif", "junit", "markdown", "html")

__all__ = ["FORMATS", "Run", "render"]


def render(
    report: Report,
    form: str,
    *,
    width: int = 100,
    colour: bool = False,
    fail_on: Severity | None = Severity.MEDIUM,
    run: Run | None = None,
) -> str:
    """Return a report in one of :data:`FORMATS`.

    Args:
        width: Columns, for text.
        colour: Whether to colour text.
        fail_on: Least severity that fails the run, for sarif, junit, markdown and html; ``None``: none does.
        run: When it was made and what came before, for html.

    Raises:
        ValueError: for an unknown form.
    """
    if form == "text":
        from .text import render_text

        return render_text(report, width=width, colour=colour)
    if form == "json":
        from .json import render_json

        return render_json(report)
    return _exchanged(report, form, fail_on, run or Run())


def _exchanged(report: Report, form: str, fail_on: Severity | None, run: Run) -> str:
    """Return a form for other programs, or for readers who are elsewhere."""
    if form == "sarif":
        from .sarif import render_sarif

        return render_sarif(report, fail_on=fail_on)
    if form == "junit":
        from .junit import render_junit

        return render_junit(report, fail_on=fail_on)
    if form == "markdown":
        from .markdown import render_markdown

        return render_markdown(report, fail_on=fail_on)
    if form == "html":
        from .html import render_html

        return render_html(report, fail_on=fail_on, run=run)
    raise ValueError(f"There is no form {form!r}; there are {', '.join(FORMATS)}.")
