"""The frame: commands in order, later ones named, and no exit status that means something else."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from flask_garrison import __version__
from flask_garrison.cli import flask_group
from flask_garrison.cli.frame import Frame
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
