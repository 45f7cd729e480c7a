"""``garrison audit --fix`` and ``--since`` as a user runs them."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from flask_garrison.audit.fixes.run import changes_for
from flask_garrison.cli.fixing import offer_fixes
from flask_garrison.errors import GarrisonError
from flask_garrison.findings import Report, Target
from tests.audit.fixes.support import found

GARRISON = [sys.executable, "-m", "flask_garrison.cli"]
APP = "app.run(debug=True)\n"
RULE = "assessment.debug-in-code"
DIFF = "--- a/app.py\n+++ b/app.py\n@@ -1 +1 @@\n-app.run(debug=True)\n+app.run()\n"


@pytest.fixture(autouse=True)
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make one file and go there."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "app.py"
    path.write_text(APP)
    return path


def report(app: Path) -> Report:
    return Report(target=Target(kind="path", name="."), findings=(found(RULE, app, 1),))


def test_it_only_shows_where_nobody_can_be_asked(app: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert offer_fixes(report(app), Path("."), None, yes=False) is False
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"{DIFF}Nothing was written; --fix --yes writes it.\n")
    assert app.read_text() == APP


def test_yes_writes(app: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert offer_fixes(report(app), Path("."), None, yes=True) is True
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"{DIFF}Wrote 1 repair in 1 file. The report is of what is left.\n")
    assert app.read_text() == "app.run()\n"


def test_nothing_to_repair(app: Path, capsys: pytest.CaptureFixture[str]) -> None:
    app.write_text("app.run()\n")
    assert offer_fixes(report(app), Path("."), None, yes=True) is False
    assert capsys.readouterr().err == "Nothing here can be repaired by a machine.\n"


def test_what_is_known_is_left_alone(app: Path) -> None:
    fingerprint = report(app).findings[0].fingerprint
    Path("known.toml").write_text(f'[[known]]\nfingerprint = "{fingerprint}"\nrule = "{RULE}"\nreason = "a demo"\n')
    assert offer_fixes(report(app), Path("."), "known.toml", yes=True) is False
    assert app.read_text() == APP


def test_a_name_in_the_difference_acts_on_no_terminal(app: Path, capsys: pytest.CaptureFixture[str]) -> None:
    app.write_text("app.run(debug=True)  # \x1b[31m \u202e\n")
    offer_fixes(report(app), Path("."), None, yes=False)
    err = capsys.readouterr().err
    assert "-app.run(debug=True)  # \\u001b[31m \\u202e\n" in err


def test_a_file_that_cannot_be_written(app: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(GarrisonError, match=r"app.py: Permission denied"):
        offer_fixes(report(app), Path("."), None, yes=True)
    assert app.read_text() == APP


@pytest.mark.parametrize(("answer", "after"), [(b"y\n", "app.run()\n"), (b"n\n", APP)])
def test_on_a_terminal_it_asks(app: Path, answer: bytes, after: str) -> None:
    code = (
        "from pathlib import Path; from tests.cli.test_fixing import report; "
        "from flask_garrison.cli.fixing import offer_fixes; "
        "offer_fixes(report(Path('app.py')), Path('.'), None, yes=False)"
    )
    master, slave = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen([sys.executable, "-c", code], stdin=slave, stdout=slave, stderr=slave, env=environment):
        os.close(slave)
        said = b""
        while b"[y/N]" not in said:
            said += os.read(master, 4096)
        os.write(master, answer)
    os.close(master)
    assert b"Write 1 repair in 1 file? [y/N]" in said
    assert app.read_text() == after


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*GARRISON, *arguments], capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([".", "--yes"], "--yes belongs to --fix."),
        (["app:app", "--fix"], "--fix goes with a path"),
        (["app:app", "--since", "main"], "--since goes with a path"),
        ([".", "--since", "main"], "lies in no working tree of git"),
    ],
)
def test_bad_usage(arguments: list[str], words: str) -> None:
    done = run("audit", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr


def test_since(app: Path) -> None:
    for arguments in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a"],
    ):
        subprocess.run(["git", *arguments], check=True)
    page = Path("templates/page.html")
    page.parent.mkdir()
    page.write_text("<button onclick='buy()'>")
    subprocess.run(["git", "add", "."], check=True)
    done = run("audit", ".", "--since", "HEAD", "--fail-on", "low")
    assert done.returncode == 1
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "b"], check=True)
    done = run("audit", ".", "--since", "HEAD", "--fail-on", "low")
    assert done.returncode in (0, 3)
    assert "headers.inline-event-handler" not in done.stdout
    assert "in lines and functions that have not changed since HEAD" in " ".join(done.stdout.split())


def test_the_changes_are_those_of_the_findings_alone(app: Path) -> None:
    assert changes_for([], app.parent) == []


SHOP = """\
import tarfile

import yaml
from flask import Flask, request

app = Flask(__name__)


@app.post("/read")
def read():
    return {"é": 1, "read": yaml.load(request.data, Loader=yaml.Loader)}  # from the shop


@app.post("/unpack")
def unpack():
    with tarfile.open(fileobj=request.files["a"].stream) as tar:
        tar.extractall("files")
    return ""
"""


def test_what_the_audit_finds_is_repaired_and_found_no_more(app: Path) -> None:
    app.write_text(SHOP)
    before = run("audit", ".", "--fix", "--format", "json")
    assert before.returncode == 1
    assert '"inputs.yaml-load"' in before.stdout
    assert "Nothing was written; --fix --yes writes it." in before.stderr
    assert app.read_text() == SHOP
    after = run("audit", ".", "--fix", "--yes")
    assert "Wrote 2 repairs in 1 file." in after.stderr
    assert "inputs.yaml-load" not in after.stdout
    assert "inputs.archive-extraction" not in after.stdout
    assert app.read_text() == SHOP.replace(
        "yaml.load(request.data, Loader=yaml.Loader)", "yaml.safe_load(request.data)"
    ).replace('extractall("files")', 'extractall("files", filter="data")')
    again = run("audit", ".", "--fix", "--yes")
    assert "Nothing here can be repaired by a machine." in again.stderr
