"""One check through the child process: from a name to a report."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from flask_garrison.check import check_app
from flask_garrison.check.run import OTHERS_LATER
from flask_garrison.errors import TargetError
from flask_garrison.target.harness import Limits
from flask_garrison.target.project import find_project
from flask_garrison.target.users import User

APP = """
import socket, sqlite3
from flask import Flask
app = Flask(__name__)
app.secret_key = "6f1d0c9b4f7e4a2b8d53a7c0e1b94f26"

@app.get("/")
def index():
    with sqlite3.connect("shop.db") as db:
        db.execute("insert into visits values (1)")
    return "hello"

@app.get("/rates")
def rates():
    try:
        socket.create_connection(("203.0.113.99", 443), timeout=1).close()
        return "rates"
    except OSError:
        return "no rates"
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    import sqlite3

    (tmp_path / "shop.py").write_text(APP)
    with sqlite3.connect(tmp_path / "shop.db") as db:
        db.execute("create table visits (n integer)")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FLASK_APP", raising=False)
    return tmp_path


def test_report(project: Path) -> None:
    progress: list[str] = []
    report = check_app("shop:app", progress=progress.append)
    assert report.target.as_dict() == {"kind": "app", "name": "shop:app"}
    assert report.looked_at["routes"] == 3
    assert report.looked_at["answers"] > 20
    assert {finding.chapter for finding in report.findings} >= {"headers"}
    assert report.layers
    assert report.out_of_scope[-1] == OTHERS_LATER
    assert "asking 2 views" in progress
    assert report.seconds > 0


def test_the_applications_own_database_is_left_alone(project: Path) -> None:
    import sqlite3

    check_app("shop:app")
    with sqlite3.connect(project / "shop.db") as db:
        assert db.execute("select count(*) from visits").fetchone() == (0,)


def test_what_the_application_was_refused_is_not_checked(project: Path) -> None:
    refused = [entry for entry in check_app("shop:app").not_checked if entry.what.startswith("What needs")]
    (entry,) = refused
    assert entry.what == "What needs connect: 203.0.113.99:443"
    assert entry.reason.startswith("the application tried it and was refused (shop.py:")
    assert entry.how_to_include == "--allow network"


def test_the_project_is_applied(project: Path) -> None:
    (project / "garrison.toml").write_text(
        """
[target]
skip = ["/rates"]

[[ignore]]
rule = "headers.referrer-policy-missing"
route = "*"
path = "*"
reason = "tested elsewhere"
until = 2030-01-31

[[accept]]
what = "*"
reason = "known"
"""
    )
    report = check_app("shop:app", project=find_project(project), today=date(2026, 1, 1))
    assert "Views that look as if a GET changed something (GET /rates)" in report.out_of_scope[0]
    assert all(entry.accepted for entry in report.not_checked)


def test_a_choice_that_means_nothing_ends_the_run(project: Path) -> None:
    (project / "garrison.toml").write_text('[target]\ninclude = ["/indx"]\n')
    with pytest.raises(TargetError, match="no route or endpoint matches '/indx'"):
        check_app("shop:app")


def test_a_missing_password_ends_the_run_before_it_begins(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ADA_PASSWORD", raising=False)
    with pytest.raises(TargetError, match="ADA_PASSWORD is not set"):
        check_app("gone:app", users=[User(name="ada", variable="ADA_PASSWORD")])


def test_two_runs_give_the_same_report(project: Path) -> None:
    one, two = (check_app("shop:app", limits=Limits(seconds=100)).as_dict() for _ in range(2))
    assert one == two


def test_an_application_without_garrison_is_told_what_it_would_do(project: Path) -> None:
    report = check_app("shop:app")
    (sentence,) = report.advice
    count, total = re.findall(r"\d+", sentence)
    assert int(total) == len(report.findings)
    assert 5 < int(count) < int(total)
    source = (project / "shop.py").read_text()
    (project / "shop.py").write_text(f"{source}\nfrom flask_garrison import Garrison\nGarrison(app)\n")
    assert check_app("shop:app").advice == ()
