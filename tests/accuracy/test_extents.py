"""Which lines belong to a marked one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.accuracy.cases import Case
from tests.accuracy.extents import lines_around, marked_places

CODE = """\
'''Shows a picture.'''

@app.get(
    "/picture"
)
@login_required
def picture():
    # Reads it.
    found = fetch(
        request.args["address"],
    )
    if (
        found
    ):
        return found.text
    with open(
        found
    ) as file: pass
    match found:
        case 1:
            return 1
    return "nothing"
"""


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        (2, [2]),
        (3, [3, 4, 5, 6, 7, 8]),
        (7, [3, 4, 5, 6, 7, 8]),
        (9, [9, 10, 11]),
        (11, [9, 10, 11]),
        (13, [12, 13, 14]),
        (15, [15]),
        (17, [16, 17]),
        (18, [18]),
        (19, [19]),
        (21, [21]),
        (99, [99]),
    ],
)
def test_a_line_belongs_to_its_statement_without_the_body(line: int, lines: list[int]) -> None:
    assert list(lines_around(CODE, line)) == lines


def test_marks_of_templates_are_their_lines_alone(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text("<a\n  href={{ x }}>{# <- weak #}\n</a>\n", "utf-8")
    (tmp_path / "app.py").write_text("fetch(\n    x,  # <- weak\n)\n", "utf-8")
    case = Case("seen", "ssrf", "weak-picture", tmp_path)
    assert marked_places(case) == {("templates/page.html", 2), ("app.py", 1), ("app.py", 2), ("app.py", 3)}
