"""``garrison check --asvs``, alone and with ``=full``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flask_garrison.cli import flask_group

APP = "from flask import Flask\napp = Flask(__name__)\n@app.get('/')\ndef index():\n    return 'hello'\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "tiny.py").write_text(APP)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(flask_group, ["check", *arguments, "--fail-on", "never"])


def test_alone_before_the_target(project: Path) -> None:
    result = _run("--asvs", "tiny:app")
    assert result.exit_code == 0, result.output
    assert "OWASP ASVS 5.0, levels 1 and 2, 253 requirements: " in result.stdout
    assert "V17.1.1" not in result.stdout


def test_full(project: Path) -> None:
    result = _run("tiny:app", "--asvs=full")
    assert result.exit_code == 0, result.output
    assert "  V17.1.1  L2  not applicable\n" in result.stdout


def test_json(project: Path) -> None:
    result = _run("tiny:app", "--asvs", "--format", "json")
    found = json.loads(result.stdout)["summary"]["asvs"]
    assert len(found["requirements"]) == 253
    assert sum(found[name] for name in ("met", "not_met", "needs_person", "not_applicable")) == 253


def test_unknown_value(project: Path) -> None:
    result = _run("tiny:app", "--asvs=all")
    assert result.exit_code == 2
    assert "'table', 'full'" in result.output


def test_the_name_of_a_target_may_be_the_option_after_two_dashes(project: Path) -> None:
    result = _run("--", "--asvs")
    assert result.exit_code == 2
    assert "OWASP" not in result.output
