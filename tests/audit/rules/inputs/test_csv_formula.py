"""Cells of a spreadsheet that begin with what a client sends."""

from __future__ import annotations

import pytest

from flask_garrison.findings import Confidence, Severity
from tests.audit.code.snippets import in_view, lines_of
from tests.audit.code.support import found

RULE = "inputs.csv-formula"
IMPORTS = "import csv, io, openpyxl, pandas, re"

WEAK = [
    "csv.writer(io.StringIO()).writerow([1, q])",
    "csv.DictWriter(io.StringIO(), ['a']).writerow({'a': q})",
    "csv.writer(io.StringIO()).writerows([[1, 2], [q, 3]])",
    "csv.writer(io.StringIO()).writerow([q + '!'])",
    "pandas.DataFrame([{'a': q}]).to_csv()",
    "openpyxl.Workbook().active.append([q])",
    "return Response('a,b\\n1,' + q, mimetype='text/csv')",
    "csv.writer(io.StringIO()).writerow([q.strip()])",
]
SAFE = [
    'csv.writer(io.StringIO()).writerow([1, "\'" + q])',
    "csv.writer(io.StringIO()).writerow([int(q), 'x ' + q])",
    "if q.startswith(('=', '+', '-', '@', '\\t', '\\r')):\n    q = \"'\" + q\ncsv.writer(io.StringIO()).writerow([q])",
    "if q[0] in '=+-@\\t\\r':\n    abort(400)\ncsv.writer(io.StringIO()).writerow([q])",
    "if not q.isalnum():\n    abort(400)\ncsv.writer(io.StringIO()).writerow([q])",
    "if not re.match('[A-Za-z]', q):\n    abort(400)\ncsv.writer(io.StringIO()).writerow([q])",
    "pandas.DataFrame([{'a': 'x' + q}]).to_csv()",
    "return Response('a,b\\n1,x' + q, mimetype='text/csv')",
    "return Response('1,' + q, mimetype='text/plain')",
]


@pytest.mark.parametrize("body", WEAK)
def test_a_cell_that_begins_with_a_clients_text_is_found(body: str) -> None:
    assert len(lines_of(RULE, body, imports=IMPORTS)) == 1


@pytest.mark.parametrize("body", SAFE)
def test_neutral_cells_and_numbers_are_not(body: str) -> None:
    assert lines_of(RULE, body, imports=IMPORTS) == []


def test_the_finding_says_what_writes() -> None:
    (finding,) = found(in_view(WEAK[0], imports=IMPORTS), RULE)
    assert finding.title == "writerow() writes a cell that can begin with a formula of a client's"
    assert (finding.severity, finding.confidence) == (Severity.MEDIUM, Confidence.HIGH)
