"""Only what a change touches, with a real git."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from flask_garrison.audit.since.changes import changes_since
from flask_garrison.errors import TargetError
from flask_garrison.findings import Confidence, Evidence, Finding, Severity

APP = """\
import os

def first():
    check()
    run(1)

def second():
    run(2)

run(3)
"""


def git(*arguments: str) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a repository with one commit and go there."""
    monkeypatch.chdir(tmp_path)
    git("init")
    Path("app.py").write_text(APP)
    Path("a.html").write_text("<a>\n<b>\n<c>\n<d>\n")
    Path(".gitignore").write_text("local.py\n")
    git("add", ".")
    git("commit", "-m", "one")
    return tmp_path


def found(line: int, path: str = "app.py", *steps: tuple[str, int]) -> Finding:
    data = {"steps": [{"path": name, "line": number, "code": "x"} for name, number in steps]}
    return Finding(
        rule="a.b",
        control="x.y",
        title="Something",
        severity=Severity.HIGH,
        confidence=Confidence.HIGH,
        subject="s",
        fix="",
        path=path,
        line=line,
        evidence=(Evidence("path", "x", data),) if steps else (),
    )


def kept(*findings: Finding, revision: str = "HEAD") -> list[int | None]:
    touched, left_out = changes_since(revision, Path.cwd()).split(findings)
    assert len(touched) + left_out == len(findings)
    return [finding.line for finding in touched]


ALL = (found(5), found(8), found(10))


def test_nothing_has_changed() -> None:
    assert kept(*ALL) == []
    changes = changes_since("HEAD", Path.cwd())
    assert changes.words(1) == "1 finding in lines and functions that have not changed since HEAD (--since)."


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("run(2)", "run(22)", [8]),
        ("run(3)", "run(33)", [10]),
        ("    check()\n", "", [5]),
        ("    check()\n", "    check(1)\n", [5]),
        ("import os\n", "", [10]),
        ("import os\n", "import re\n", []),
        ("\n", "\r\n", []),
    ],
    ids=["in a function", "outside", "protection gone", "protection changed", "gone outside", "elsewhere", "line ends"],
)
@pytest.mark.parametrize("committed", [True, False])
def test_lines_and_functions(old: str, new: str, lines: list[int], committed: bool) -> None:
    shift = APP.count("\n") - APP.replace(old, new).count("\n")
    Path("app.py").write_bytes(APP.replace(old, new).encode())
    at = APP.count("\n", 0, APP.index(old)) + 1
    if committed:
        git("commit", "-a", "-m", "two")
    moved = [replace(one, line=(one.line or 0) - (shift if (one.line or 0) > at else 0)) for one in ALL]
    expected = [line - (shift if line > at else 0) for line in lines]
    assert kept(*moved, revision="HEAD~1" if committed else "HEAD") == expected


def test_a_new_file_counts_whether_it_is_added_or_not() -> None:
    Path("new.py").write_text("run(1)\n")
    assert kept(found(1, "new.py")) == [1]
    git("add", "new.py")
    assert kept(found(1, "new.py")) == [1]


def test_what_git_ignores_has_not_changed() -> None:
    Path("local.py").write_text("run(1)\n")
    assert kept(found(1, "local.py")) == []


def test_a_step_in_what_changed() -> None:
    Path("app.py").write_text(APP.replace("run(2)", "run(22)"))
    assert kept(found(3, "a.html", ("app.py", 8), ("a.html", 3))) == [3]
    assert kept(found(3, "a.html", ("app.py", 5), ("a.html", 3))) == []


def test_templates_go_by_line() -> None:
    Path("a.html").write_text("<a>\n<c>\n<d>\n")
    assert kept(found(1, "a.html"), found(2, "a.html"), found(3, "a.html")) == [1, 2]


def test_a_file_that_was_only_moved_has_not_changed() -> None:
    git("mv", "app.py", "shop.py")
    git("commit", "-m", "two")
    assert kept(found(5, "shop.py"), revision="HEAD~1") == []


def test_what_others_did_on_the_main_branch_is_no_change_of_ours() -> None:
    git("checkout", "-b", "topic")
    Path("a.html").write_text("<x>\n<b>\n<c>\n<d>\n")
    git("commit", "-a", "-m", "ours")
    git("checkout", "main")
    Path("app.py").write_text(APP.replace("run(2)", "run(22)"))
    git("commit", "-a", "-m", "theirs")
    git("checkout", "topic")
    assert kept(found(8), found(1, "a.html"), revision="main") == [1]


def test_what_is_about_no_file_is_reported() -> None:
    assert kept(replace(found(1), path=None, line=None)) == [None]


def test_from_a_folder_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("deep/er").mkdir(parents=True)
    Path("deep/er/a.py").write_text("run(1)\n")
    monkeypatch.chdir("deep")
    assert kept(found(1, "er/a.py"), found(5, "../app.py")) == [1]


def test_nothing_that_the_repository_configures_is_run(repository: Path) -> None:
    trap = repository / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {repository}/sprung\ncat\n")
    trap.chmod(0o755)
    for name in (
        "core.fsmonitor",
        "diff.external",
        "diff.x.textconv",
        "filter.x.clean",
        "filter.x.smudge",
        "core.pager",
    ):
        git("config", name, str(trap))
    hooks = repository / ".git" / "hooks"
    for hook in ("post-index-change", "reference-transaction", "post-checkout"):
        (hooks / hook).write_bytes(trap.read_bytes())
        (hooks / hook).chmod(0o755)
    Path(".gitattributes").write_text("* filter=x diff=x\n")
    Path("app.py").write_text(APP.replace("run(2)", "run(22)"))
    Path("new.py").write_text("run(1)\n")
    assert kept(found(8), found(1, "new.py")) == [8, 1]
    assert not (repository / "sprung").exists()


@pytest.mark.parametrize(
    ("revision", "words"),
    [
        ("gone", "there is no revision 'gone'"),
        ("--upload-pack=touch sprung", "is an option and no revision"),
        ("-x", "is an option and no revision"),
        ("HEAD:app.py", "there is no revision"),
        ("", "there is no revision"),
        ("a\0b", "embedded null byte"),
    ],
)
def test_what_is_no_revision(revision: str, words: str) -> None:
    with pytest.raises(TargetError, match=words):
        changes_since(revision, Path.cwd())
    assert not Path("sprung").exists()


def test_no_repository(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(
        TargetError, match=r"lies in no working tree of git \(not a git repository.*audit without --since"
    ):
        changes_since("HEAD", tmp_path_factory.mktemp("bare"))


def test_no_git(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(TargetError, match="--since needs git, which is not there"):
        changes_since("HEAD", Path.cwd())


def test_nothing_in_common() -> None:
    git("checkout", "--orphan", "other")
    git("commit", "-m", "other")
    with pytest.raises(TargetError, match="have no commit in common"):
        changes_since("main", Path.cwd())


def test_the_environment_of_a_hook_names_no_other_repository(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path_factory.mktemp("other")))
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere")
    assert kept(*ALL) == []
