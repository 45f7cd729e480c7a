"""What ``garrison check`` says of both apps, side by side, and the report of each as a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ..check import check_app
from ..errors import GarrisonError
from ..findings import Report, Severity, Target
from ..report import render
from ..target.project import Project
from ..target.users import User
from . import example

_WIDTH = 22
_USER = "ada"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One report.

    Attributes:
        title: As the table calls the app.
        page: The report as a page of HTML.
    """

    title: str
    report: Report
    page: Path


def check_both(folder: Path, tell: Callable[[str], None]) -> tuple[Verdict, Verdict]:
    """Check the bare and the guarded app, signed in and not, and write both pages.

    Args:
        folder: Where ``bare.html`` and ``guarded.html`` go.
        tell: Called with each line of progress.

    Raises:
        GarrisonError: where an app cannot be checked.
    """
    return (
        _check("As it is", "notes", folder / "bare.html", tell),
        _check("With Garrison(app)", "notes/guarded", folder / "guarded.html", tell),
    )


def _check(title: str, module: str, page: Path, tell: Callable[[str], None]) -> Verdict:
    tell(f"Check: {title}")
    # By its path, as Flask takes one: "notes" may be anybody's module.
    name = f"{example.folder().parent / module}:create_app"
    users = [User(name=_USER, role="author", password=example.PASSWORDS[_USER])]
    report = check_app(name, users=users, project=Project(folder=example.folder()))
    # The place in which it happens to be installed tells a reader nothing.
    report = replace(report, target=Target(kind="app", name=f"the example: {title}"))
    try:
        page.write_text(render(report, "html"), "utf-8")
    except OSError as error:
        raise GarrisonError(f"{page}: {error.strerror}") from error
    return Verdict(title, report, page)


def lines(verdicts: tuple[Verdict, Verdict]) -> Iterator[str]:
    """Yield the table, and where the pages are."""
    bare, guarded = (verdict.report for verdict in verdicts)
    yield _row("garrison check", *(verdict.title for verdict in verdicts))
    yield _row("grade", bare.grades.overall or "-", guarded.grades.overall or "-")
    for severity in reversed(Severity):
        label = severity.label
        yield _row(f"  {label}", str(bare.by_severity()[label]), str(guarded.by_severity()[label]))
    yield _row("  not checked", str(len(bare.not_checked)), str(len(guarded.not_checked)))
    for slug, chapter in bare.grades.chapters.items():
        other = guarded.grades.chapters[slug]
        if chapter.grade or other.grade:
            yield _row(slug, chapter.grade or "-", other.grade or "-")
    for verdict in verdicts:
        yield f"{verdict.title}: {verdict.page}"


def _row(name: str, bare: str, guarded: str) -> str:
    return f"{name:<{_WIDTH}}{bare:<{_WIDTH}}{guarded}".rstrip()
