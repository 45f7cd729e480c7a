"""The report for programs."""

from __future__ import annotations

import json

import pytest

from flask_garrison.findings import NotChecked, Report, Target
from flask_garrison.report import FORMATS, render

REPORT = Report(target=Target(kind="path", name="caf\udce9"), seconds=1.5)


def test_document_is_the_report() -> None:
    assert json.loads(render(REPORT, "json")) == REPORT.as_dict()


def test_document_can_be_written_in_every_encoding_and_ends_in_a_line_break() -> None:
    text = render(REPORT, "json")
    assert text.isascii()
    assert text.endswith("}\n")


def test_time_is_left_out_so_that_equal_runs_are_equal() -> None:
    assert "1.5" not in render(REPORT, "json")


def test_rule_may_be_null() -> None:
    report = Report(target=REPORT.target, not_checked=(NotChecked(what="a", reason="b", how_to_include="c"),))
    assert json.loads(render(report, "json"))["not_checked"][0]["rule"] is None


def test_formats_of_the_contract() -> None:
    assert FORMATS == ("text", "json", "sarif", "junit", "markdown", "html")


def test_an_unknown_form_is_an_error() -> None:
    with pytest.raises(ValueError, match="There is no form 'yaml'"):
        render(REPORT, "yaml")
