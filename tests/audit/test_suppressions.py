"""garrison.toml applied: what is hidden, what comes back, what is unused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from flask_garrison.audit import audit_path
from flask_garrison.audit.suppressions import Scope, split_ignored
from flask_garrison.errors import TargetError
from flask_garrison.findings import Report
from flask_garrison.target.project import find_project

TODAY = date(2030, 1, 1)
HANDLER = "headers.inline-event-handler"


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "templates" / "old").mkdir(parents=True)
    (tmp_path / "templates" / "a.html").write_text("<a onclick=x>")
    (tmp_path / "templates" / "old" / "b.html").write_text("<a onclick=x>")
    (tmp_path / "templates" / "old" / "c.html").write_bytes(b"\xff")


def audited(toml: str, root: str = ".") -> Report:
    Path("garrison.toml").write_text(toml)
    return audit_path(Path(root), today=TODAY)


def places(report: Report) -> list[tuple[str, str | None, int | None]]:
    return [(finding.rule, finding.path, finding.line) for finding in report.findings]


def ignore(path: str, until: str = "", rule: str = HANDLER) -> str:
    return f"[[ignore]]\nrule = '{rule}'\npath = '{path}'\nreason = 'r'\n{until}\n"


def test_ignored_findings_are_counted_and_not_reported() -> None:
    report = audited(ignore("templates/old/*"))
    assert places(report) == [(HANDLER, "templates/a.html", 1)]
    assert report.ignored == 1


def test_same_from_another_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("garrison.toml").write_text(ignore("templates/old/*"))
    monkeypatch.chdir("/")
    assert audit_path(tmp_path, today=TODAY).ignored == 1


def test_expired_entry_hides_nothing_and_is_a_finding_itself() -> None:
    report = audited("\n" + ignore("templates/*", "until = 2029-12-31"))
    assert places(report) == [
        ("assessment.expired-suppression", "garrison.toml", 2),
        (HANDLER, "templates/a.html", 1),
        (HANDLER, "templates/old/b.html", 1),
    ]


def test_entry_holds_on_its_last_day() -> None:
    assert places(audited(ignore("*", "until = 2030-01-01"))) == []


@pytest.mark.parametrize("path", ["templates/gone.html", "a.html"])
def test_unused_entry_is_a_finding(path: str) -> None:
    report = audited(ignore(path))
    assert places(report)[0] == ("assessment.unused-suppression", "garrison.toml", 1)
    assert f"{HANDLER} at {path}" in report.findings[0].title


def test_entry_for_what_this_run_did_not_look_at_is_not_unused() -> None:
    assert places(audited(ignore("templates/gone.html"), root="templates/old")) == [
        (HANDLER, "templates/old/b.html", 1)
    ]


def test_entry_for_a_route_is_not_unused_where_only_files_are_read() -> None:
    toml = f"[[ignore]]\nrule = '{HANDLER}'\nroute = '/x'\nreason = 'r'\n"
    assert "assessment.unused-suppression" not in [finding.rule for finding in audited(toml).findings]


def test_accepted_entry_stays_listed_and_changes_the_exit_status() -> None:
    toml = "[[accept]]\nwhat = 'templates/old/*'\nreason = 'old'\n"
    report = audited(toml)
    assert [(entry.what, entry.accepted) for entry in report.not_checked] == [("templates/old/c.html", "old")]
    assert audited("").exit_status(None) == 3
    assert report.exit_status(None) == 0


def test_expired_acceptance_no_longer_holds() -> None:
    report = audited("[[accept]]\nwhat = '*'\nreason = 'old'\nuntil = 2029-01-01\n")
    assert report.exit_status(None) == 3
    assert places(report)[0] == ("assessment.expired-suppression", "garrison.toml", 1)


def test_unused_acceptance_is_a_finding() -> None:
    assert places(audited("[[accept]]\nwhat = 'x'\nreason = 'r'\n"))[0][0] == "assessment.unused-suppression"


def test_unknown_rule_is_an_error_that_names_the_nearest() -> None:
    with pytest.raises(TargetError, match=r"garrison.toml:1: .*Did you mean 'headers.inline-event-handler'"):
        audited(ignore("*", rule="headers.inline-event-handlers"))


@pytest.mark.parametrize(("rule", "tested"), [(HANDLER, True), ("assessment.runs-as-root", False)])
def test_what_is_about_the_machine_is_not_unused_on_another(rule: str, tested: bool) -> None:
    Path("garrison.toml").write_text(ignore("*", rule=rule))
    scope = Scope(roots=(Path.cwd(),), rules=(rule,), today=TODAY)
    _, (usage,) = split_ignored(find_project(Path.cwd()), scope, [])
    assert (usage.tested, usage.hits) == (tested, 0)
