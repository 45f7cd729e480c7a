"""The benchmark that checks real apps, without its apps: how one is made, what is added to it, what is reported."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))

from real_app_checks import packages, setups, target
from real_app_checks.packages import NEEDED, complete
from real_app_checks.report import table, unchecked
from real_app_checks.run import Checked, NotCheckedError, check_app
from real_app_checks.setups import user_of
from real_apps.apps import names
from real_apps.recipe import Guard, Place, Recipe


def checked(*severities: str, reasons: tuple[str, ...] = (), grade: str | None = "C") -> Checked:
    report: dict[str, Any] = {
        "findings": [{"severity": severity, "title": "a weak spot"} for severity in severities],
        "not_checked": [{"what": "GET /weak", "reason": reason} for reason in reasons],
        "summary": {"looked_at": {"answers": 79}, "grade": {"overall": grade}},
    }
    return Checked("dash", "bare", report, 1.4)


def test_counts_are_all_that_is_reported() -> None:
    row = table([checked("high", "low", "low", reasons=("a", "b"))]).splitlines()[-1]
    assert row == "| Dash | 4.4.1 | bare | 0 | 1 | 0 | 2 | 0 | 2 | 79 | 1 | C |"
    row = table([replace(checked(grade=None), mode="adopted")]).splitlines()[-1]
    assert row == "| Dash | 4.4.1 | guarded | 0 | 0 | 0 | 0 | 0 | 0 | 79 | 1 | none |"


def test_reasons_are_counted_by_kind() -> None:
    reasons = ("raised KeyError in weak.py:3: its answer could not be judged", "raised IndexError in weak.py:9", "odd")
    rows = unchecked([checked(reasons=reasons)]).splitlines()
    assert rows[2:] == ["| a view raised | 2 |", "| odd | 1 |"]


def test_users_are_those_of_the_recipes() -> None:
    found = {name: user_of(name) for name in names()}
    assert {name for name, user in found.items() if user} == {"calibreweb", "flask_appbuilder"}
    assert {*setups.BEFORE, *setups.AFTER} <= set(found)


def _recipe(start: Any) -> Recipe:
    def nothing(*_: object) -> None: ...

    return Recipe("Shop", "shop", start, nothing, nothing, "an apple is bought")


def test_an_app_is_made_as_its_recipe_starts_it_and_never_served(monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[Place] = []

    def start(place: Place, guard: Guard) -> None:
        app = Flask("shop")
        app.secret_key = "6f1d0c9b4f7e4a2b8d53a7c0e1b94f26"
        try:
            guard(app)
            served.append(place)
        except Exception:
            served.append(place)

    monkeypatch.setattr(target, "recipe_of", lambda name: _recipe(start))
    assert "garrison" not in target.create_app("shop", "bare").extensions
    assert "garrison" in target.create_app("shop", "adopted").extensions
    assert served == []


def test_a_recipe_without_an_app_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(target, "recipe_of", lambda name: _recipe(lambda place, guard: None))
    with pytest.raises(RuntimeError, match="shop did not get as far as an application"):
        target.create_app("shop", "bare")


def test_what_is_there_stays_and_what_is_missing_is_pinned(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    python = tmp_path / "env" / "bin" / "python"
    python.parent.mkdir(parents=True)
    ran: list[tuple[str, ...]] = []

    def output(python: Path, *arguments: str) -> str:
        ran.append(arguments)
        return "flask pydantic limits\n"

    monkeypatch.setattr(packages, "_output", output)
    said: list[str] = []
    complete(python, said.append)
    assert said == ["env: adding nh3"]
    listed = (tmp_path / "env" / "garrison.txt").read_text()
    assert listed.startswith("nh3==")
    assert "--hash=sha256:" in listed
    assert [line for line in listed.splitlines() if "==" in line] == [listed.splitlines()[0]]
    assert "--require-hashes" in ran[-1]


def test_every_package_is_in_the_lock() -> None:
    for name in (name for group in NEEDED for name in group):
        assert next(packages._entries(packages.LOCK.read_text(), {name}), "").startswith(f"{name}==")


def test_a_check_that_ends_without_a_report_says_what_was_printed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def run(argv: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
        options["stdout"].write(b"it cannot be loaded")
        return subprocess.CompletedProcess(argv, 2)

    monkeypatch.setattr("real_app_checks.run.prepare", lambda name, say, guarded: Path(sys.executable))
    monkeypatch.setattr("real_app_checks.run.complete", lambda python, say: None)
    monkeypatch.setattr("real_app_checks.run.subprocess.run", run)
    with pytest.raises(NotCheckedError, match="dash, bare: it cannot be loaded"):
        check_app("dash", tmp_path, lambda words: None)
