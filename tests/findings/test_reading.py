"""Reports read back: all that was written, and an error in words for everything else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.findings import Report, ReportError, report_from
from tests.report.support import CLEAN, REPORT

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("report", [REPORT, CLEAN])
def test_a_report_comes_back_as_it_was_written(report: Report) -> None:
    document = report.as_dict()
    again = report_from(document).as_dict()
    # Chapters whose rules neither passed nor found anything have nobody left who counts them.
    for form in (document, again):
        form["summary"]["by_chapter"] = {slug: count for slug, count in form["summary"]["by_chapter"].items() if count}
    assert again == document


def test_a_report_without_grades_gets_some() -> None:
    document = REPORT.as_dict()
    document["summary"]["grade"] = None
    assert report_from(document).grades.overall == "C"


@pytest.mark.parametrize("data", [None, [], "x", {}, {"schema": 2}, {"schema": 1}, {"schema": 1, "summary": []}])
def test_what_is_no_report_is_refused(data: object) -> None:
    with pytest.raises(ReportError):
        report_from(data)


@given(st.data())
def test_a_report_with_one_wrong_value_is_read_or_refused(data: Any) -> None:
    document = REPORT.as_dict()
    place: Any = document
    while isinstance(place, (dict, list)) and place:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], (dict, list)) or not place[key] or data.draw(st.booleans()):
            place[key] = data.draw(VALUES)
            break
        place = place[key]
    try:
        report_from(document).as_dict()
    except ReportError as error:
        assert str(error)
