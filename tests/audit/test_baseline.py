"""The baseline: what it takes out, what it says of itself, and how it is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.audit.baseline import Baseline, apply_baseline, read_baseline, write_baseline
from flask_garrison.errors import TargetError
from flask_garrison.findings import NotChecked, Report, Severity
from tests.report.support import ANSWER, HANDLER, KEY, REPORT

TODAY = date(2026, 11, 24)
FOUND = Report(target=REPORT.target, rules=(HANDLER.rule, KEY.rule), findings=(KEY, HANDLER))


def baseline(folder: Path, *findings: str, extra: str = "") -> Baseline:
    file = folder / "baseline.toml"
    rows = (f'[[known]]\nfingerprint = "{mark}"\nrule = "{HANDLER.rule}"\nreason = "later"\n' for mark in findings)
    file.write_text("".join(rows) + extra)
    return read_baseline(file)


def test_a_known_finding_is_set_aside_and_does_not_fail(tmp_path: Path) -> None:
    report = apply_baseline(FOUND, baseline(tmp_path, KEY.fingerprint), TODAY)
    assert report.findings == (HANDLER,)
    assert [(known.finding, known.reason, known.until) for known in report.known] == [(KEY, "later", None)]
    assert (FOUND.exit_status(Severity.MEDIUM), report.exit_status(Severity.MEDIUM)) == (1, 0)
    assert report.grades.overall == FOUND.grades.overall


def test_an_expired_entry_hides_nothing_and_is_said(tmp_path: Path) -> None:
    report = apply_baseline(FOUND, baseline(tmp_path, KEY.fingerprint, extra="until = 2026-11-23\n"), TODAY)
    assert KEY in report.findings
    assert [(one.rule, one.title, one.line) for one in report.findings[2:]] == [
        ("assessment.expired-suppression", f"Expired [[known]]: {HANDLER.rule}", 1)
    ]


def test_the_last_day_still_counts(tmp_path: Path) -> None:
    report = apply_baseline(FOUND, baseline(tmp_path, KEY.fingerprint, extra="until = 2026-11-24\n"), TODAY)
    assert [known.until for known in report.known] == ["2026-11-24"]


def test_an_unused_entry_is_said(tmp_path: Path) -> None:
    report = apply_baseline(FOUND, baseline(tmp_path, "0" * 16, extra='where = "old.html:3"\n'), TODAY)
    stale = report.findings[-1]
    assert (stale.rule, stale.severity) == ("assessment.unused-suppression", Severity.LOW)
    assert stale.title == f"Unused [[known]]: {HANDLER.rule} at old.html:3"
    assert stale.path is not None and stale.path.endswith("baseline.toml")


def test_an_entry_whose_rule_could_not_look_is_not_called_unused(tmp_path: Path) -> None:
    known = baseline(tmp_path, "0" * 16)
    assert apply_baseline(replace(FOUND, findings=()), known, TODAY).findings == ()
    entry = NotChecked(what="x", reason="y", how_to_include="", rule=HANDLER.rule)
    assert apply_baseline(replace(FOUND, not_checked=(entry,)), known, TODAY).findings == FOUND.findings


def test_what_is_written_is_read_back_and_covers_the_report(tmp_path: Path) -> None:
    file = tmp_path / "new.toml"
    written = write_baseline(file, REPORT, reason="later", until=date(2027, 1, 31), old=None)
    assert written == read_baseline(file)
    assert apply_baseline(REPORT, written, TODAY).findings == ()
    assert file.read_text().startswith("# Findings that are known")
    assert f'[[known]]\nfingerprint = "{KEY.fingerprint}"\nrule = "{KEY.rule}"\nreason = "later"\n' in file.read_text()


def test_older_reasons_are_kept_and_what_is_gone_is_dropped(tmp_path: Path) -> None:
    old = baseline(tmp_path, KEY.fingerprint, "0" * 16)
    written = write_baseline(
        tmp_path / "new.toml", replace(FOUND, findings=(KEY, ANSWER)), reason="b", until=None, old=old
    )
    assert {entry.fingerprint: entry.reason for entry in written.entries} == {
        KEY.fingerprint: "later",
        ANSWER.fingerprint: "b",
    }


@given(st.text(min_size=1).filter(str.strip), st.text())
def test_any_words_can_be_written(tmp_path_factory: pytest.TempPathFactory, reason: str, path: str) -> None:
    file = tmp_path_factory.mktemp("baseline") / "baseline.toml"
    report = replace(FOUND, findings=(replace(HANDLER, path=path),))
    (entry,) = write_baseline(file, report, reason=reason, until=None, old=None).entries
    assert entry.reason == reason.encode("utf-8", "backslashreplace").decode()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[known]]\n", r"baseline\.toml:1: \[\[known\]\] needs fingerprint"),
        ("\n[[known]]\nfingerprint='a'\nrule='b'\nreason=' '\n", r"toml:2: \[\[known\]\] needs reason"),
        ("[[known]]\nfingerprnt='a'\n", "no key 'fingerprnt'. Did you mean 'fingerprint'"),
        ("[[known]]\nfingerprint='a'\nrule='b'\nreason='c'\nuntil='2027-01-01'\n", "a date without quotes"),
        ("[known]\nreason='c'\n", "two brackets"),
        ("[[ignore]]\n", "consists of"),
        ("{}", "Invalid"),
    ],
)
def test_what_does_not_keep_to_the_form_is_refused(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "baseline.toml").write_text(text)
    with pytest.raises(TargetError, match=words):
        read_baseline(tmp_path / "baseline.toml")


def test_files_that_cannot_be_read_or_written_are_named(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="No such file"):
        read_baseline(tmp_path / "none")
    with pytest.raises(TargetError, match="Is a directory"):
        write_baseline(tmp_path, REPORT, reason="a", until=None, old=None)
