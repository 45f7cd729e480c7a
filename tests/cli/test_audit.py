"""``garrison audit`` as a user runs it: real processes, real exit statuses."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

APP = """
from flask import Flask, render_template
app = Flask(__name__)
print("noise")
@app.route("/")
def shop():
    return render_template("page.html")
"""
LOW = "<button onclick='buy()'>"
MEDIUM = "<a href='javascript:buy({{ item }})'>"
COMMANDS = [[sys.executable, "-m", "flask_garrison.cli"], [sys.executable, "-m", "flask", "garrison"]]


def run(*arguments: str, command: list[str] = COMMANDS[0], **options: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "100"}
    environment.pop("FLASK_APP", None)
    return subprocess.run(
        [*command, *arguments],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
        **options,  # type: ignore[call-overload]
    )


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a small project and go there."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(LOW)
    (tmp_path / "shop.py").write_text(APP)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("source", "options", "status"),
    [
        ("<p>", [], 0),
        (LOW, [], 0),
        (LOW, ["--fail-on", "low"], 1),
        (MEDIUM, [], 1),
        (MEDIUM, ["--fail-on", "high"], 0),
        (MEDIUM, ["--fail-on", "never"], 0),
        ("{% if %}", [], 3),
        ("{% if %}", ["--fail-on", "never"], 3),
    ],
)
def test_exit_status(project: Path, source: str, options: list[str], status: int) -> None:
    (project / "templates" / "page.html").write_text(source)
    assert run("audit", ".", *options).returncode == status


def test_findings_win_over_what_was_not_checked(project: Path) -> None:
    (project / "templates" / "bad.html").write_text("{% if %}")
    assert run("audit", ".", "--fail-on", "low").returncode == 1


def test_text_report(project: Path) -> None:
    done = run("audit", ".")
    assert done.stderr == ""
    assert "  templates/page.html\n    low  headers.inline-event-handler" in done.stdout
    assert '          Policy(allow_insecure_inline_handlers=["shop"])\n' in done.stdout
    assert re.search(
        r"1 finding \(1 low\) in 1 file\. Looked at 1 template, 1 file, 7 lines with\s+\d+ rules\s+in", done.stdout
    )


def test_json_report(project: Path) -> None:
    document = json.loads(run("audit", ".", "--format", "json").stdout)
    (finding,) = document["findings"]
    assert (finding["path"], finding["line"], finding["rule"]) == (
        "templates/page.html",
        1,
        "headers.inline-event-handler",
    )


def test_code_of_a_path_is_not_run(project: Path) -> None:
    (project / "shop.py").write_text("open('was_run', 'w')\n" + APP)
    run("audit", ".")
    assert not (project / "was_run").exists()


@pytest.mark.parametrize("arguments", [["shop:app"], ["--app", "shop"], ["--app", "shop.py:app"]])
def test_application(project: Path, arguments: list[str]) -> None:
    done = run("audit", *arguments, "--format", "json", "--fail-on", "low")
    assert done.returncode == 1
    assert json.loads(done.stdout)["target"] == {"kind": "app", "name": arguments[-1]}
    assert done.stderr == "noise\n"


def test_application_of_flask(project: Path) -> None:
    done = run("garrison", "audit", "--fail-on", "low", command=[sys.executable, "-m", "flask", "--app", "shop"])
    assert done.returncode == 1
    assert "headers.inline-event-handler" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["gone"], "no such file"),
        (["gone:app"], "Could not import 'gone'"),
        (["shop:missing"], "Failed to find attribute 'missing'"),
        (["os:sep"], "A valid Flask application was not obtained"),
        (["--app", "shop", "."], "not both"),
        ([".", "--format", "yaml"], "'yaml' is not one of"),
        ([".", "--baseline", "x"], "x: [Errno 2] No such file"),
        ([".", "--fail-on", "info"], "'info' is not one of"),
        ([".", "--output", "/no/where"], "/no/where: No such file"),
        (["--explain", "headers.nothing"], "There is no rule"),
    ],
)
def test_bad_usage_ends_with_2_and_words(project: Path, arguments: list[str], words: str) -> None:
    done = run("audit", *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("arguments", [["gone"], ["gone:app"], [".", "--baseline", "x"]])
def test_bad_usage_of_flask_garrison_ends_with_2(project: Path, arguments: list[str]) -> None:
    assert run("audit", *arguments, command=COMMANDS[1]).returncode == 2


def test_no_target_is_bad_usage(project: Path) -> None:
    done = run("audit")
    assert done.returncode == 2
    assert "Name what to audit" in done.stderr


def test_failing_import_shows_the_applications_own_traceback(project: Path) -> None:
    (project / "shop.py").write_text("def f():\n    return 1 / 0\nf()\n")
    done = run("audit", "shop:app")
    assert done.returncode == 2
    assert 'shop.py", line 2, in f' in done.stderr
    assert "ZeroDivisionError" in done.stderr
    assert "flask_garrison" not in done.stderr


def test_mistake_in_garrison_toml_ends_with_2(project: Path) -> None:
    (project / "garrison.toml").write_text("[[ignroe]]\n")
    done = run("audit", ".")
    assert done.returncode == 2
    assert "Did you mean 'ignore'" in done.stderr


def test_output_goes_to_a_file(project: Path) -> None:
    done = run("audit", ".", "--output", "report.txt", "--fail-on", "low")
    assert (done.returncode, done.stdout) == (1, "")
    assert "headers.inline-event-handler" in (project / "report.txt").read_text()


def test_explain_prints_the_page_of_a_rule() -> None:
    done = run("audit", "--explain", "headers.style-attribute")
    assert done.returncode == 0
    assert done.stdout.startswith("# `headers.style-attribute`\n")


def test_closed_pipe_ends_quietly(project: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    process = subprocess.Popen([*COMMANDS[0], "audit", "."], stdout=writing, stderr=subprocess.PIPE, text=True)
    os.close(writing)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (141, "")


def test_full_disk_ends_with_2(project: Path) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run([*COMMANDS[0], "audit", "."], stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
    assert done.returncode == 2
    assert "standard output: No space left" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("stream", ["1", "2"])
def test_closed_streams_never_end_with_1(project: Path, stream: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {stream}>&-', "sh", *COMMANDS[0], "audit", "."], capture_output=True, timeout=60
    )
    assert done.returncode == (2 if stream == "1" else 0)


def test_narrow_encodings_get_escapes(project: Path) -> None:
    (project / "templates" / "page.html").write_text("<button title='☃' onclick='buy()'>")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([*COMMANDS[0], "audit", "."], capture_output=True, env=environment, timeout=60)
    assert done.returncode == 0
    assert b"\\u2603" in done.stdout


def test_interrupt_ends_with_130(project: Path) -> None:
    (project / "shop.py").write_text("import time\nopen('started', 'w').close()\ntime.sleep(60)\n")
    process = subprocess.Popen(
        [*COMMANDS[0], "audit", "shop:app"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 30
    while not (project / "started").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=30)
    assert (process.returncode, output) == (130, "")
    assert errors.strip() == "Interrupted; nothing was reported."
