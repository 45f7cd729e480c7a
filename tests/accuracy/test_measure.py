"""How a case counts: what is said of it decides, and where."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flask_garrison.audit.engine import Outcome as Said
from flask_garrison.audit.inspection import Inspection
from flask_garrison.findings import Confidence, Evidence, Finding, NotChecked, Severity
from tests.accuracy.cases import Case
from tests.accuracy.measure import Found, Outcome, examine, found_of, judge, measure

APP = """\
'''Shows a picture.'''
picture = fetch(
    address,  # <- weak
)
show(picture)
"""


def case_in(folder: Path, name: str = "weak-picture", kind: str = "ssrf") -> Case:
    (folder / "app.py").write_text(APP if name.startswith("weak") else APP.replace("weak", "safe"), "utf-8")
    return Case("seen", kind, name, folder)


def finding(rule: str = "inputs.ssrf", **more: Any) -> Finding:
    given = {"severity": Severity.HIGH, "confidence": Confidence.HIGH, "path": "app.py", "line": 2, **more}
    return Finding(rule=rule, control="inputs.x", title="an address", subject="s", fix="f", **given)


def found(line: int = 2, confidence: Confidence = Confidence.HIGH, rule: str = "inputs.ssrf", **more: Any) -> Found:
    return Found(rule, "an address", more.get("severity", Severity.HIGH), confidence, (("app.py", line),))


LOW = Confidence.LOW


@pytest.mark.parametrize(
    ("what", "outcome"),
    [
        ([], Outcome.MISSED),
        ([found(3)], Outcome.FOUND),
        ([found(2)], Outcome.FOUND),
        ([found(4)], Outcome.FOUND),
        ([found(2, LOW)], Outcome.DOUBTED),
        ([found(2, LOW), found(2, Confidence.MEDIUM)], Outcome.FOUND),
        ([found(5)], Outcome.ELSEWHERE),
        ([found(5, LOW)], Outcome.ELSEWHERE),
        ([found(2, LOW), found(5)], Outcome.DOUBTED),
        ([found(2, rule="inputs.path-traversal")], Outcome.MISSED),
        ([Found("inputs.ssrf", "an address", Severity.HIGH, Confidence.HIGH, ())], Outcome.ELSEWHERE),
        ([Found("inputs.ssrf", "a", Severity.HIGH, Confidence.HIGH, (("other.py", 2),))], Outcome.ELSEWHERE),
        ([Found("inputs.ssrf", "a", Severity.HIGH, Confidence.HIGH, (("other.py", 9), ("app.py", 3)))], Outcome.FOUND),
    ],
)
def test_a_weak_case_is_found_on_a_marked_line(tmp_path: Path, what: list[Found], outcome: Outcome) -> None:
    assert judge(case_in(tmp_path), what).outcome is outcome


@pytest.mark.parametrize(
    ("what", "outcome"),
    [
        ([], Outcome.QUIET),
        ([found(2)], Outcome.ALARM),
        ([found(5)], Outcome.ALARM),
        ([found(2, Confidence.MEDIUM)], Outcome.ALARM),
        ([found(2, LOW)], Outcome.WHISPERED),
        ([found(2, LOW), found(5)], Outcome.ALARM),
        ([found(2, rule="inputs.path-traversal")], Outcome.QUIET),
    ],
)
def test_a_safe_case_has_a_false_alarm_on_any_line(tmp_path: Path, what: list[Found], outcome: Outcome) -> None:
    assert judge(case_in(tmp_path, "safe-picture"), what).outcome is outcome


def test_any_rule_of_the_class_counts(tmp_path: Path) -> None:
    case = case_in(tmp_path, kind="regex-dos")
    for rule in ("inputs.regex-from-input", "inputs.regex-catastrophic"):
        assert judge(case, [found(rule=rule)]).outcome is Outcome.FOUND


@pytest.mark.parametrize("name", ["weak-picture", "safe-picture"])
def test_stray_is_what_other_rules_find_of_high_severity(tmp_path: Path, name: str) -> None:
    high = found(rule="inputs.path-traversal")
    critical = found(5, LOW, rule="database.sql-injection", severity=Severity.CRITICAL)
    medium = found(rule="inputs.csv-formula", severity=Severity.MEDIUM)
    assert judge(case_in(tmp_path, name), [found(), high, critical, medium]).stray == (high, critical)


def test_extra_is_what_the_class_finds_on_other_lines_of_weak_cases(tmp_path: Path) -> None:
    there, elsewhere = found(2), found(5)
    assert judge(case_in(tmp_path), [there, elsewhere]).extra == (elsewhere,)
    assert judge(case_in(tmp_path), [elsewhere]).extra == (elsewhere,)
    assert judge(case_in(tmp_path, "safe-picture"), [elsewhere]).extra == ()


def test_a_finding_stands_on_its_line_and_where_its_path_ends(tmp_path: Path) -> None:
    steps = [{"path": str(tmp_path / "a.py"), "line": 1}, {"path": str(tmp_path / "pages" / "b.html"), "line": 7}]
    evidence = (Evidence("config", "x", {"steps": [{"path": "a.py"}]}), Evidence("path", "x", {"steps": steps}))
    said = finding(path=str(tmp_path / "app.py"), evidence=evidence)
    assert found_of(said, tmp_path).places == (("app.py", 2), ("pages/b.html", 7))


@pytest.mark.parametrize("more", [{"path": None}, {"line": None}, {"path": "/elsewhere/app.py"}])
def test_a_finding_outside_the_case_stands_nowhere(tmp_path: Path, more: dict[str, Any]) -> None:
    given = {"path": str(tmp_path / "app.py"), **more}
    assert found_of(finding(**given, evidence=(Evidence("path", "x"),)), tmp_path).places == ()


def test_paths_may_be_relative_to_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert found_of(finding(path="app.py"), tmp_path).places == (("app.py", 2),)


# What stands for the analyser below: functions of a folder, at the top level, so that processes can be given them.


def flags_calls(root: Path) -> Inspection:
    text = (root / "app.py").read_text("utf-8")
    lines = [number for number, line in enumerate(text.splitlines(), 1) if "fetch(" in line]
    path = os.path.relpath(root / "app.py")
    return Inspection(Said([finding(path=path, line=line) for line in lines]))


def looks_for_answers(root: Path) -> Inspection:
    text = (root / "app.py").read_text("utf-8")
    told = "weak" in text or "weak" in str(root.relative_to(Path(root.anchor, *root.parts[1:2])))
    return Inspection(Said([finding(path=str(root / "app.py"))] if told else []))


def cannot_look(root: Path) -> Inspection:
    return Inspection(Said(not_checked=[NotChecked(what="app.py", rule=None, reason="too deep", how_to_include="")]))


def fails(root: Path) -> Inspection:
    raise RecursionError("too deep")


@pytest.mark.parametrize("jobs", [1, 2])
def test_cases_are_measured_in_order(tmp_path: Path, jobs: int) -> None:
    chosen = []
    for name in ("weak-picture", "safe-picture"):
        (tmp_path / name).mkdir()
        chosen.append(case_in(tmp_path / name, name))
    verdicts = measure(chosen, flags_calls, jobs)
    assert [one.case for one in verdicts] == chosen
    assert [one.outcome for one in verdicts] == [Outcome.FOUND, Outcome.ALARM]


@pytest.mark.parametrize(
    ("inspect", "outcome", "words"),
    [
        (looks_for_answers, Outcome.MISSED, ""),
        (cannot_look, Outcome.MISSED, "app.py: too deep"),
        (fails, Outcome.FAILED, "RecursionError: too deep"),
    ],
)
def test_what_the_analyser_sees_and_cannot_do(
    tmp_path: Path, inspect: Callable[[Path], Inspection], outcome: Outcome, words: str
) -> None:
    verdict = examine(case_in(tmp_path), inspect)
    assert verdict.outcome is outcome
    assert words in "".join(verdict.not_checked)


def test_what_counts_against_the_analyser() -> None:
    assert {one.name for one in Outcome if one.wrong} == {"ELSEWHERE", "MISSED", "ALARM", "FAILED"}
