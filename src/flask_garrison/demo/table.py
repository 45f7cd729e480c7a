"""The table: both columns side by side, in rich where it is installed, else as plain text."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, TextIO

from .cells import HEADINGS, Line, Record, records, summary
from .results import DemoResult

if TYPE_CHECKING:
    from rich.text import Text

_WIDEST = 132
_NARROWEST = 72


def show(result: DemoResult, stream: TextIO) -> None:
    """Write the table and what it comes to."""
    if find_spec("rich") is None:
        stream.write(plain(result, _width(stream)))
    else:
        _show_rich(result, stream)
    stream.flush()


def plain(result: DemoResult, width: int) -> str:
    """Return the table as text of at most ``width`` columns."""
    first = max(16, width // 5)
    widths = (first, (width - first - 4) * 2 // 5, (width - first - 4) * 3 // 5)
    one, two, three = HEADINGS
    lines = [*_plain_record(([(one, "")], [(two, "")], [(three, "")]), widths), "-" * width]
    for record in records(result):
        lines += [*_plain_record(record, widths), ""]
    lines += [text for line in summary(result) for text in textwrap.wrap(line, width) or [""]]
    return "\n".join(lines) + "\n"


def _plain_record(record: Record, widths: tuple[int, int, int]) -> Iterator[str]:
    columns = [
        [part for text, _ in cell for part in textwrap.wrap(text, width, break_on_hyphens=False)]
        for cell, width in zip(record, widths, strict=True)
    ]
    for number in range(max(map(len, columns))):
        parts = [column[number] if number < len(column) else "" for column in columns]
        yield "  ".join(part.ljust(width) for part, width in zip(parts, widths, strict=True)).rstrip()


def _show_rich(result: DemoResult, stream: TextIO) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    # Rich leaves colours out by itself under NO_COLOR, and everything but text where the stream is no terminal.
    console = Console(file=stream, width=_width(stream), highlight=False)
    table = Table(box=box.ROUNDED, show_lines=True, expand=True)
    for heading, ratio in zip(HEADINGS, (3, 5, 8), strict=True):
        table.add_column(heading, ratio=ratio, overflow="fold")
    for record in records(result):
        table.add_row(*(_rich_cell(cell) for cell in record))
    console.print(table)
    for line in summary(result):
        console.print(line, markup=False, soft_wrap=True)


def _rich_cell(cell: list[Line]) -> Text:
    from rich.text import Text

    # Never as markup: events carry text that clients chose.
    return Text("\n").join(Text(text, style=style) for text, style in cell)


def _width(stream: TextIO) -> int:
    columns = shutil.get_terminal_size((110, 24)).columns if stream.isatty() else 110
    return max(_NARROWEST, min(columns, _WIDEST))
