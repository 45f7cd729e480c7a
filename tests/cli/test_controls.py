"""``garrison controls``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from flask_garrison.cli import chapter_files as subject
from flask_garrison.cli import flask_group
from flask_garrison.controls import CHAPTERS, Face, Promise, catalogue

ROOT = Path(__file__).parents[2]


def output(*arguments: str) -> str:
    result = CliRunner().invoke(flask_group, ["controls", *arguments])
    assert result.exit_code == 0
    return result.output


def test_matrix_shows_every_control_with_its_faces() -> None:
    lines = {line.split()[0]: line.split()[1:] for line in output().splitlines() if line.startswith("  ")}
    for control in catalogue().values():
        words = [control.promise(face).value.replace("none", "-") for face in Face]
        assert lines[control.id] == words


def test_matrix_heads_each_chapter_and_ends_with_counts() -> None:
    text = output()
    heads = [line.split()[0] for line in text.splitlines() if line[:1].isalpha()]
    assert heads == list(CHAPTERS)
    built = sum(control.enforce is Promise.BUILT for control in catalogue().values())
    assert f"{len(catalogue())} controls\n  enforce  {built:>4} built" in text


def test_json_says_the_same() -> None:
    document = json.loads(output("--format", "json"))
    assert [row["id"] for row in document["controls"]] == list(catalogue())
    assert document["controls"][0]["faces"].keys() == {face.value for face in Face}
    for face, counts in document["counts"].items():
        assert sum(counts.values()) == len(catalogue()), face


def test_files_of_a_chapter() -> None:
    files = output("--files", "headers").splitlines()
    assert files == sorted(files)
    assert {
        "src/flask_garrison/controls/headers.py",
        "src/flask_garrison/guard/headers.py",
        "src/flask_garrison/audit/rules/headers/javascript_urls.py",
        "tests/audit/rules/headers/test_javascript_urls.py",
        "docs/rules/headers.javascript-url.md",
    } <= set(files)
    assert "src/flask_garrison/controls/inputs.py" not in files
    assert all((ROOT / file).is_file() for file in files)


def test_files_that_name_a_control_belong_to_its_chapter_with_their_tests() -> None:
    files = output("--files", "inputs").splitlines()
    assert "src/flask_garrison/guard/csrf.py" in files


def test_files_as_json() -> None:
    document = json.loads(output("--files", "headers", "--format", "json"))
    assert document["chapter"] == "headers"
    assert document["files"] == output("--files", "headers").splitlines()


def test_unknown_chapter_is_bad_usage() -> None:
    result = CliRunner().invoke(flask_group, ["controls", "--files", "header"])
    assert result.exit_code == 2
    assert "headers" in result.output


def test_installed_package_has_no_tests_and_docs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject, "_repository", lambda: None)
    files = subject.chapter_files("headers")
    assert "flask_garrison/controls/headers.py" in files
    assert all(file.startswith("flask_garrison/") for file in files)
