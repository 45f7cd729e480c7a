"""The frame: commands in order, later ones named, and no exit status that means something else."""

from __future__ import annotations

import io
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from flask_garrison import __version__
from flask_garrison.audit.progress import Counting, counted
from flask_garrison.cli import flask_group
from flask_garrison.cli.frame import Frame, Progress, bar
from flask_garrison.cli.later import LATER
from flask_garrison.errors import GarrisonError

CONTRACT = """
check audit pentest monitor train db tls deps access passwords controls rules policy diff init demo
"""


def framed(failure: BaseException) -> Frame:
    def fail() -> None:
        raise failure

    return Frame(name="garrison", commands=[click.Command("fail", callback=fail)])


def test_commands_are_those_of_the_contract() -> None:
    assert sorted(flask_group.commands) == sorted(CONTRACT.split())


def test_help_lists_what_works_first() -> None:
    text = CliRunner().invoke(flask_group, ["--help"]).output
    assert text.index("  demo ") < text.index("  audit ") < text.index("  check ") < text.index("  pentest ")


@pytest.mark.parametrize("failure", [GarrisonError, RuntimeError])
def test_an_error_prints_nothing_that_acts_and_no_password_of_an_address(failure: type[Exception]) -> None:
    words = "\x1b]0;owned\x07\x1b[31m\n  ::set-output name=a::b\n##[add-mask]a postgres://ada:4f1c@db.example/shop"
    printed = CliRunner().invoke(framed(failure(words)), ["fail"]).output
    assert "\\u001b]0;owned\\u0007\\u001b[31m\n  \\u003a:set-output name=a::b\n\\u0023#[add-mask]a" in printed
    assert "postgres://ada:...@db.example/shop" in printed
    assert "4f1c" not in printed
    assert "\x1b" not in printed


@pytest.mark.parametrize("name", list(LATER))
def test_later_command_ends_with_2_whatever_follows(name: str) -> None:
    result = CliRunner().invoke(flask_group, [name, "a", "--b", "c"])
    assert result.exit_code == 2
    assert f"garrison {name}: not in this version." in result.output


@pytest.mark.parametrize(
    ("failure", "status", "words"),
    [
        (GarrisonError("no such thing"), 2, "Error: no such thing"),
        (ZeroDivisionError("oops"), 2, "defect of Flask-Garrison"),
        (KeyboardInterrupt(), 130, "Interrupted"),
        (click.UsageError("no"), 2, "Error: no"),
        (click.exceptions.Exit(3), 3, ""),
    ],
)
def test_failure_has_its_status_and_words(failure: BaseException, status: int, words: str) -> None:
    result = CliRunner().invoke(framed(failure), ["fail"])
    assert result.exit_code == status
    assert words in result.output


def test_version() -> None:
    assert CliRunner().invoke(flask_group, ["--version"]).output == f"Flask-Garrison, version {__version__}\n"


def test_guarding_an_application_imports_no_command_audit_or_report() -> None:
    code = "import sys, flask_garrison; print(*[name for name in sys.modules if name.startswith('flask_garrison.')])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    rooms = {name.split(".")[1] for name in loaded}
    assert not rooms & {"cli", "audit", "report", "target", "findings", "controls", "demo"}


def test_command_line_imports_no_audit_before_it_is_asked_to() -> None:
    code = (
        "import sys, flask_garrison.cli; print(*[name for name in sys.modules if name.startswith('flask_garrison.')])"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {name.split(".")[1] for name in loaded} & {"audit", "target", "demo", "controls"}


@pytest.mark.parametrize(
    ("done", "total", "words", "shown"),
    [
        (0, 400, "shop/views.py", f"[{'.' * 30}]   0 of 400  shop/views.py"),
        (200, 400, "shop/views.py", f"[{'#' * 15}{'.' * 15}] 200 of 400  shop/views.py"),
        (400, 400, "", f"[{'#' * 30}] 400 of 400"),
        (7, 0, "a", f"[{'#' * 30}] 1 of 1  a"),
        (1, 2, "a" * 60 + "/end.py", f"[{'#' * 15}{'.' * 15}] 1 of 2  ...{'a' * 27}/end.py"),
    ],
)
def test_a_bar(done: int, total: int, words: str, shown: str) -> None:
    line = bar(done, total, words, 78)
    assert line == shown
    assert len(line) <= 78


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_shown_on_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream, shown in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr("sys.stderr", stream)
        progress = Progress()
        progress("looking")
        progress.count(0, 2, "a\x1b[31m\n.py")
        progress.count(1, 2, "too soon to be seen")
        progress.count(2, 2, "b.py")
        progress.clear()
        said = stream.getvalue().split("\r\x1b[K")
        assert said == (
            ["", "looking ...", f"[{'.' * 30}] 0 of 2  a\\u001b[31m\\u000a.py", f"[{'#' * 30}] 2 of 2  b.py", ""]
            if shown
            else [""]
        )


def test_what_takes_words_alone_is_told_once() -> None:
    said: list[str] = []
    for done in range(3):
        counted(said.append, done, 2, f"file {done}")
    assert said == ["file 0"]
    assert isinstance(Progress(), Counting)
