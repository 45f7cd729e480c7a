"""Two reports side by side: new, fixed, unchanged, and what nobody looked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flask_garrison.findings import Known, NotChecked, Report, Severity, report_from
from flask_garrison.findings.comparison import compare
from tests.report.support import ANSWER, HANDLER, KEY, REPORT

OLD = Report(target=REPORT.target, rules=(HANDLER.rule,), findings=(HANDLER,))


def test_moved_lines_change_nothing() -> None:
    comparison = compare(OLD, replace(OLD, findings=(replace(HANDLER, line=99),)))
    assert (comparison.added, comparison.fixed, [one.line for one in comparison.unchanged]) == ((), (), [99])


def test_new_and_fixed() -> None:
    comparison = compare(OLD, replace(OLD, findings=(KEY,), passed=(HANDLER.rule,)))
    assert (comparison.added, comparison.fixed, comparison.unseen) == ((KEY,), (HANDLER,), ())


@pytest.mark.parametrize(
    "new",
    [
        replace(OLD, findings=()),
        replace(
            OLD, findings=(), not_checked=(NotChecked(what="x", reason="y", how_to_include="", rule=HANDLER.rule),)
        ),
        replace(
            OLD,
            findings=(),
            passed=(HANDLER.rule,),
            not_checked=(NotChecked(what=str(HANDLER.path), reason="y", how_to_include=""),),
        ),
    ],
    ids=["rule did not run", "rule could not look", "file could not be read"],
)
def test_what_nobody_looked_for_is_not_fixed(new: Report) -> None:
    comparison = compare(OLD, new)
    assert (comparison.fixed, comparison.unseen) == ((), (HANDLER,))


def test_what_is_known_takes_part() -> None:
    comparison = compare(OLD, replace(OLD, findings=(), known=(Known(HANDLER, "later"),)))
    assert (comparison.fixed, comparison.unchanged) == ((), (HANDLER,))


def test_what_is_no_longer_checked_is_said() -> None:
    entry = NotChecked(what="x", reason="y", how_to_include="")
    assert compare(OLD, replace(OLD, not_checked=(entry,))).no_longer_checked == (entry,)
    assert compare(replace(OLD, not_checked=(entry,)), replace(OLD, not_checked=(entry,))).no_longer_checked == ()


@pytest.mark.parametrize(("fail_on", "status"), [(Severity.MEDIUM, 1), (Severity.HIGH, 0), (None, 0)])
def test_only_new_findings_at_or_above_the_threshold_fail(fail_on: Severity | None, status: int) -> None:
    old = replace(OLD, findings=(KEY,))
    assert compare(old, replace(OLD, findings=(KEY, ANSWER))).exit_status(fail_on) == status


def test_reports_from_files_compare_like_those_that_were_written() -> None:
    old, new = report_from(OLD.as_dict()), report_from(REPORT.as_dict())
    assert compare(old, new).as_dict() == compare(OLD, REPORT).as_dict()
