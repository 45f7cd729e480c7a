"""Cells of a spreadsheet that begin with what a client sends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...code.events import Answer, Call
from ...code.models.tables import cells_of
from ...code.values.pieces import Hole
from ...code.values.taint import Use
from ...code.values.value import Value
from ...rule import Match, Rule, checks

CSV_FORMULA = Rule(
    id="inputs.csv-formula",
    kind="code",
    control="inputs.output-encoding",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(1236,),
    asvs=("V1.2.10",),
    title="A cell of a table begins with what a client sends",
    why="A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@` or a tab for a formula: it sends other cells "
    "to an address, or starts a program, on the machine of whoever opens the file. Quotes around the cell do not help.",
    fix="Put an apostrophe before every text that begins with one of these characters, or before every text.",
    before="writer.writerow([ticket.id, ticket.comment])",
    after='writer.writerow([ticket.id, "\'" + ticket.comment])',
    guard="Nothing.",
    language="python",
)

_ROWS = ("?.writerow", "?.writerows")
_FRAMES = ("?.to_csv", "?.to_excel")
_SHEETS = (
    "openpyxl.Workbook().active.append",
    "openpyxl.Workbook()[].append",
    "openpyxl.Workbook().create_sheet().append",
    "openpyxl.Workbook().active.cell",
    "openpyxl.Workbook().create_sheet().cell",
)
_WRITES = (
    "xlsxwriter.Workbook().add_worksheet().write",
    "xlsxwriter.Workbook().add_worksheet().write_row",
    "xlsxwriter.Workbook().add_worksheet().write_formula",
)
_TABLE = re.compile(r"text/(?:csv|tab-separated-values)|application/(?:csv|vnd\.ms-excel)", re.IGNORECASE)


@checks(CSV_FORMULA, reads="call", of=(*_ROWS, *_FRAMES, *_SHEETS, *_WRITES))
def csv_formula(call: Call) -> Iterator[Match]:
    """Find a client's text at the beginning of a cell."""
    for hole in _cells(call):
        yield call.flow(hole, Use.CELL, f"{call.name}() writes a cell that can begin with a formula of a client's")
        return


def _cells(call: Call) -> Iterator[Hole]:
    if f"?.{call.name}" in _FRAMES:
        for hole in call.tainted(call.receiver, Use.CELL):
            if not hole.before:
                yield hole
    elif call.path in _SHEETS or call.path in _WRITES:
        at = 0 if call.name == "append" else 2
        yield from cells_of(call, call.arg(at, "value", "data"))
    else:
        yield from cells_of(call, call.arg(0, "row", "rows", "rowdict", "rowdicts"))


@checks(CSV_FORMULA, reads="answer")
def csv_formula_in_answer(answer: Answer) -> Iterator[Match]:
    """Find a client's text at the beginning of a cell in a table that is put together as a text."""
    if not any(_TABLE.match(text) for text in answer.content_type.texts()) or not isinstance(answer.body, Value):
        return
    for hole in answer.tainted(answer.body, Use.CELL):
        if not hole.before or hole.before[-1] in ',;\t\n"':
            title = "A table is answered whose cells can begin with a formula of a client's"
            yield answer.flow(hole, Use.CELL, title, confidence=Confidence.MEDIUM)
            return
