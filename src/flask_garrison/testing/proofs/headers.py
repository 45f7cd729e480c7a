"""Every answer carries the headers that stop scripts, frames and guesses of types: whatever its status."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from werkzeug.test import TestResponse

from ..hole import Hole
from ..subject import Subject

_PROMISED = {
    "X-Content-Type-Options": "headers.nosniff",
    "Referrer-Policy": "headers.referrer-policy",
    "Content-Security-Policy": "headers.csp",
    "X-Frame-Options": "headers.framing",
}


def prove(subject: Subject) -> Iterator[Hole]:
    """Ask for a page, a redirect, an error, what is not there, a wrong method and a static file."""
    for what, response in _answers(subject):
        for name, control in _PROMISED.items():
            if name not in response.headers:
                mend = f"modes={{'{control}': 'enforce'}}"
                yield Hole(control, f"{what} ({response.status_code})", f"the answer has no {name}", mend)


def _answers(subject: Subject) -> Iterator[tuple[str, TestResponse]]:
    yield "a path that is not there", subject.ask("/garrison-proof-of-what-is-not-there")
    page = subject.first_page()
    if page is not None:
        rule, path = page
        for behaviour in ("page", "redirect", "error"):
            subject.behaviour = behaviour
            yield f"GET {rule.rule}, which answers: {behaviour}", subject.ask(path)
        subject.behaviour = "page"
        yield f"PROPFIND {rule.rule}", subject.ask(path, "PROPFIND", headers={"Sec-Fetch-Site": "same-origin"})
    file = _static_file(subject)
    if file is not None:
        yield "a static file", subject.ask(file)


def _static_file(subject: Subject) -> str | None:
    folder, path = subject.app.static_folder, subject.app.static_url_path
    if not folder or path is None or "static" not in subject.app.view_functions:
        return None
    files = (file for file in Path(folder).glob("*") if file.is_file())
    first = next(files, None)
    return f"{path}/{first.name}" if first is not None else None
