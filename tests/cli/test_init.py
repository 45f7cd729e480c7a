"""``garrison init ci``: a workflow that GitHub and outside referees accept, and nothing overwritten."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flask_garrison.cli import flask_group
from flask_garrison.cli.ci import HOOK, WORKFLOW


def run(*arguments: str) -> Result:
    return CliRunner().invoke(flask_group, ["init", "ci", *arguments])


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FLASK_APP", raising=False)
    return tmp_path


def referee(name: str) -> str:
    path = shutil.which(name) or shutil.which(name, path=str(Path(__import__("sys").executable).parent))
    if path is None:
        pytest.skip(f"no {name} here: pip install {name}")
    return path


def test_both_files_are_written(project: Path) -> None:
    result = run("shop:create_app")
    assert result.exit_code == 0
    assert result.output.splitlines() == [f"{WORKFLOW} written.", f"{HOOK} written."]
    text = (project / WORKFLOW).read_text()
    assert 'TARGET: "shop:create_app"' in text
    assert "{" not in text.replace("${{", "").replace("permissions: {}", "")


def test_the_workflow_has_no_more_rights_than_it_needs(project: Path) -> None:
    run("shop:app")
    found = subprocess.run(
        [referee("zizmor"), "--offline", "--persona=auditor", "--format=json", str(project / WORKFLOW)],
        capture_output=True,
        check=False,
    )
    assert [(one["ident"], one["determinations"]["severity"]) for one in json.loads(found.stdout)] == []


def test_the_workflow_is_one_for_github(project: Path) -> None:
    run("shop:app")
    command = [referee("check-jsonschema"), "--builtin-schema", "vendor.github-workflows", str(project / WORKFLOW)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_the_hook_is_one_for_pre_commit(project: Path) -> None:
    run("shop:app")
    command = [referee("pre-commit"), "validate-config", str(project / HOOK)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(
    ("file", "command"),
    [
        ("requirements.txt", "python -m pip install -r requirements.txt"),
        ("pyproject.toml", "python -m pip install ."),
        (None, "python -m pip install flask"),
    ],
)
def test_the_project_is_installed_as_its_files_tell(project: Path, file: str | None, command: str) -> None:
    if file:
        (project / file).write_text("")
    run("shop:app")
    assert f"          {command}\n" in (project / WORKFLOW).read_text()


def test_a_file_that_is_there_stays(project: Path) -> None:
    (project / HOOK).write_text("repos: []\n")
    result = run("shop:app")
    assert result.exit_code == 0
    assert (project / HOOK).read_text() == "repos: []\n"
    assert f"{HOOK} is there already" in result.output
    assert "id: garrison-audit" in result.output
    assert run("shop:app", "--force").exit_code == 0
    assert "garrison-audit" in (project / HOOK).read_text()
    assert run("shop:app").output.splitlines() == [f"{name} is as it should be." for name in (WORKFLOW, HOOK)]


def test_a_name_cannot_leave_its_quotes(project: Path) -> None:
    run('shop:create_app("x")\n      - run: evil')
    assert r'TARGET: "shop:create_app(\"x\")\n      - run: evil"' in (project / WORKFLOW).read_text()


def test_without_an_application_it_asks_for_one(project: Path) -> None:
    result = run()
    assert result.exit_code == 2
    assert "Name the application to check" in result.output


def test_a_folder_that_cannot_be_written_is_an_error_in_words(project: Path) -> None:
    (project / ".github").write_text("")
    result = run("shop:app")
    assert result.exit_code == 2
    assert "garrison.yml" in result.output


def test_passwords_that_the_check_needs_come_from_the_secrets_of_the_repository(project: Path) -> None:
    (project / "garrison.toml").write_text('[[user]]\nname = "ada"\nrole = "author"\npassword_env = "BLOG_PASSWORD"\n')
    assert run("shop:app").exit_code == 0
    assert (project / WORKFLOW).read_text().count("\n          BLOG_PASSWORD: ${{ secrets.BLOG_PASSWORD }}\n") == 2
    command = [referee("check-jsonschema"), "--builtin-schema", "vendor.github-workflows", str(project / WORKFLOW)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
