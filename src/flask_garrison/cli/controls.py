"""``garrison controls``: the catalogue as a matrix of controls and faces, and the files of a chapter."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from .frame import deliver
from .options import format_option

if TYPE_CHECKING:
    from ..controls import Control

_COLOURS = {"built": "green", "planned": "yellow", "none": "bright_black"}
_WIDTH = 9


@click.command(short_help="Show every control, and what of it is built.")
@click.option("--files", metavar="CHAPTER", help="List the files of one chapter instead.")
@format_option()
def controls(files: str | None, form: str) -> None:
    """Show every control of the catalogue with its faces: built, planned, or - where one would make no sense."""
    if files is not None:
        found = _files(files)
        deliver(json.dumps({"chapter": files, "files": found}, indent=2) + "\n" if form == "json" else _lines(found))
    elif form == "json":
        deliver(json.dumps(_document(), indent=2) + "\n")
    else:
        _deliver_matrix()


def _files(chapter: str) -> list[str]:
    from ..controls import CHAPTERS
    from .chapter_files import chapter_files

    if chapter not in CHAPTERS:
        raise click.UsageError(f"There is no chapter {chapter!r}. There are: {', '.join(CHAPTERS)}.")
    return chapter_files(chapter)


def _lines(items: list[str]) -> str:
    return "".join(f"{item}\n" for item in items)


def _document() -> dict[str, Any]:
    from ..controls import catalogue

    return {"controls": [_row(control) for control in catalogue().values()], "counts": _counts()}


def _row(control: Control) -> dict[str, Any]:
    from ..controls import Face

    return {
        "id": control.id,
        "chapter": control.chapter,
        "title": control.title,
        "cwe": list(control.cwe),
        "asvs": list(control.asvs),
        "top10": list(control.top10),
        "faces": {face.value: control.promise(face).value for face in Face},
        "lab": control.lab,
    }


def _counts() -> dict[str, dict[str, int]]:
    """Count, for each face, the controls that promise it and how far it is."""
    from ..controls import Face, Promise, catalogue

    counts = {face: Counter(control.promise(face) for control in catalogue().values()) for face in Face}
    return {face.value: {promise.value: counts[face][promise] for promise in Promise} for face in Face}


def _deliver_matrix() -> None:
    from ..report.paint import Paint, colour_wanted

    colour = colour_wanted()
    deliver(_lines(list(_matrix(Paint(colour)))), colour=colour)


def _matrix(paint: Any) -> Iterator[str]:
    from ..controls import Face, catalogue

    known = list(catalogue().values())
    width = max(len(control.id) for control in known) + 4
    for chapter, group in groupby(known, key=lambda control: control.chapter):
        heads = "".join(f"{face.value:<{_WIDTH}}" for face in Face)
        yield paint.bold(f"{chapter:<{width}}{heads}".rstrip())
        for control in group:
            yield f"  {control.id:<{width - 2}}{''.join(_cells(paint, control))}".rstrip()
        yield ""
    yield from _totals(len(known))


def _cells(paint: Any, control: Control) -> Iterator[str]:
    from ..controls import Face

    for face in Face:
        promise = control.promise(face).value
        word = "-" if promise == "none" else promise
        yield paint.colour(f"{word:<{_WIDTH}}", _COLOURS[promise])


def _totals(controls: int) -> Iterator[str]:
    yield f"{controls} controls"
    for face, count in _counts().items():
        yield f"  {face:<{_WIDTH}}{count['built']:>4} built {count['planned']:>4} planned"
