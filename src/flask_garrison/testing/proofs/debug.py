"""The debugger is off, and an error page shows nothing of the inside."""

from __future__ import annotations

from collections.abc import Iterator

from ..hole import Hole
from ..subject import Subject

CONTROL = "assessment.debug"
_INSIDE = ("raised by the proof", "Traceback", "RuntimeError")


def prove(subject: Subject) -> Iterator[Hole]:
    """Look at ``app.debug``, and provoke an error."""
    if subject.app.debug:
        yield Hole(CONTROL, "app.debug", "debug is on", "run without FLASK_DEBUG and app.debug")
    page = subject.first_page()
    if page is None:
        return
    subject.behaviour = "error"
    text = subject.ask(page[1]).get_data(as_text=True)
    subject.behaviour = "page"
    if any(word in text for word in _INSIDE):
        mend = "modes={'assessment.error-pages': 'enforce'}"
        yield Hole("assessment.error-pages", f"GET {page[0].rule} (500)", "the page shows the exception", mend)
