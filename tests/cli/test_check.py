"""``garrison check`` as a user runs it: real processes, real exit statuses, and bad input that is never clean."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

APP = """
import os
from flask import Flask, redirect, request, session
app = Flask(__name__)
app.secret_key = "6f1d0c9b4f7e4a2b8d53a7c0e1b94f26"
print("noise")

@app.get("/")
def index():
    return "hello"

@app.route("/login", methods=["GET", "POST"])
def login():
    if request.method == "GET":
        return '<form method="post"><input name="n"><input name="p" type="password"></form>'
    if request.form["p"] == "pepper-9":
        session["user"] = request.form["n"]
        return redirect("/me")
    return redirect("/login")

@app.get("/me")
def me():
    return session["user"] if "user" in session else redirect("/login")
"""
GARRISON = [sys.executable, "-m", "flask_garrison.cli"]
FLASK = [sys.executable, "-m", "flask"]


def run(*arguments: str, command: list[str] = GARRISON, **environment: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "COLUMNS": "100", **environment}
    environ.pop("FLASK_APP", None)
    return subprocess.run([*command, *arguments], capture_output=True, text=True, env=environ, timeout=120)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a small project and go there."""
    (tmp_path / "shop.py").write_text(APP)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "arguments", [["check", "shop:app"], ["check", "--app", "shop"], ["check", "--app", "shop.py"]]
)
def test_an_application_is_checked(project: Path, arguments: list[str]) -> None:
    done = run(*arguments, "--format", "json", "--fail-on", "medium")
    assert done.returncode == 1
    document = json.loads(done.stdout)
    assert document["target"] == {"kind": "app", "name": arguments[-1]}
    assert document["summary"]["looked_at"]["answers"] > 20
    assert {"headers"} <= set(document["summary"]["by_chapter"])


def test_the_application_of_flask(project: Path) -> None:
    done = run("--app", "shop", "garrison", "check", "--format", "json", command=FLASK)
    assert done.returncode == 1
    assert json.loads(done.stdout)["target"]["name"] == "shop"


def test_text_says_what_was_not_part_of_it(project: Path) -> None:
    words = " ".join(run("check", "shop:app").stdout.split())
    assert "Dependencies and the attack: garrison deps and garrison pentest come in a later version." in words
    assert "Pages behind the login (GET /me): --user NAME:@VARIABLE:ROLE logs in." in words
    assert "noise" not in words


def test_a_user_logs_in_and_the_password_is_not_shown(project: Path) -> None:
    done = run("check", "shop:app", "--user", "ada:@ADA_PASSWORD:admin", "--format", "json", ADA_PASSWORD="pepper-9")
    assert "Everything as ada" not in done.stdout
    assert "Pages behind the login" not in done.stdout
    assert "as ada -> 200" in done.stdout
    assert "pepper-9" not in done.stdout + done.stderr


def test_a_login_that_fails_is_not_clean(project: Path) -> None:
    done = run("check", "shop:app", "--user", "ada:salt-8:admin", "--fail-on", "never")
    assert done.returncode == 3
    assert "Everything as ada: the login did not work: POST /login answered 302" in " ".join(done.stdout.split())
    assert "salt-8" not in done.stdout + done.stderr


def test_users_and_login_of_the_project(project: Path) -> None:
    (project / "garrison.toml").write_text(
        """
[[user]]
name = "ada"
role = "admin"
password_env = "ADA_PASSWORD"

[login]
url = "/login"
fields = { n = "{name}", p = "{password}" }
"""
    )
    done = run("check", "shop:app", "--format", "json", ADA_PASSWORD="pepper-9")
    assert "as ada -> 200" in done.stdout
    missing = run("check", "shop:app", ADA_PASSWORD="")
    assert missing.returncode == 2
    assert "User ada: the environment variable ADA_PASSWORD is not set or empty." in missing.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Name what to check: an application as module:app."),
        (["."], "To read a path without running anything: `garrison audit .`"),
        (["shop.py"], "`garrison check --app shop.py`"),
        (["shop:app", "--app", "shop"], "not both"),
        (["gone"], "no such file"),
        (["gone:app"], "Could not import 'gone'"),
        (["shop:missing"], "Failed to find attribute 'missing'"),
        (["os:sep"], "A valid Flask application was not obtained"),
        (["shop:app", "--user", "ada"], "--user NAME:@VARIABLE:ROLE"),
        (["shop:app", "--user", "ada:@GONE_PASSWORD:x"], "GONE_PASSWORD is not set"),
        (["shop:app", "--allow", "netwrk"], "Did you mean 'network'"),
        (["shop:app", "--timeout", "0"], "0.0 is not in the range"),
        (["shop:app", "--timeout", "inf"], "inf is not in the range"),
        (["shop:app", "--timeout", "nan"], "nan is no number of seconds"),
        (["shop:app", "--server-config", "gone.py"], "gone.py"),
    ],
)
def test_bad_usage_ends_with_2_and_words(project: Path, arguments: list[str], words: str) -> None:
    done = run("check", *arguments)
    assert done.returncode == 2
    assert words in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


BAD = {
    "raises at import": ("def f():\n    return 1 / 0\nf()\n", 'shop.py", line 2, in f'),
    "is no application": ("app = 3\n", "A valid Flask application was not obtained"),
    "starts a server": (APP + "app.run()\n", "server"),
    "misses its configuration": (APP + "os.environ['SHOP_DATABASE']\n", "SHOP_DATABASE"),
    "ends the process": ("import sys\nsys.exit(0)\n", "ended the process with status 0"),
    "ends the process at once": ("import os\nos._exit(0)\n", "status 0"),
    "hangs": ("while True:\n    pass\n", "did not come to an end within 5 seconds while it was loaded"),
    "dies in a view": (APP + "app.add_url_rule('/die', 'die', lambda: os._exit(0))\n", "while it was checked"),
}


@pytest.mark.parametrize("case", BAD)
def test_an_application_that_cannot_be_run_ends_with_2_and_words(project: Path, case: str) -> None:
    source, words = BAD[case]
    (project / "shop.py").write_text(source)
    done = run("check", "shop:app", "--fail-on", "never", "--timeout", "5" if case == "hangs" else "60")
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert "defect of Flask-Garrison" not in done.stderr


UNCHECKED = {
    "raises": ("lambda: {}['x']", "GET /odd: raised KeyError in shop.py:"),
    "hangs": ("lambda: [1 for _ in iter(int, 1)]", "GET /odd: it did not answer within"),
    "forks": ("lambda: str(os.fork())", "fork"),
    "runs a command": ("lambda: str(os.system('true'))", "command"),
    "ends the process politely": ("lambda: __import__('sys').exit(0)", "GET /odd: raised SystemExit in shop.py:"),
}


@pytest.mark.parametrize("case", UNCHECKED)
def test_a_view_that_cannot_be_judged_is_never_clean(project: Path, case: str) -> None:
    view, words = UNCHECKED[case]
    (project / "shop.py").write_text(f"{APP}app.add_url_rule('/odd', 'odd', {view})\n")
    done = run("check", "shop:app", "--fail-on", "never", "--timeout", "12" if case == "hangs" else "60")
    assert done.returncode == 3
    assert words in " ".join(done.stdout.split())


def test_what_views_print_is_not_in_the_report(project: Path) -> None:
    (project / "shop.py").write_text(APP + "app.add_url_rule('/p', 'p', lambda: print('loud', flush=True) or '')\n")
    done = run("check", "shop:app", "--format", "json")
    json.loads(done.stdout)
    assert "loud" not in done.stdout


def test_what_the_application_names_is_no_command_to_a_ci(project: Path) -> None:
    route = '@app.get("/delete ::set-output name=a::b", endpoint="##[add-mask]a")\ndef act():\n    return ""\n'
    (project / "shop.py").write_text(APP + route)
    for form in ("text", "json", "sarif", "junit", "markdown"):
        done = run("check", "shop:app", "--format", form)
        assert "set-output" in done.stdout
        assert [line for line in done.stdout.splitlines() if line.lstrip().startswith("::") or "##[" in line] == []


def test_configuration_of_the_server_is_audited(project: Path) -> None:
    (project / "server.py").write_text("reload = True\nforwarded_allow_ips = '*'\n")
    for command in ("check", "audit"):
        plain = run(command, "shop:app", "--format", "json").stdout
        with_file = run(command, "shop:app", "--server-config", "server.py", "--format", "json").stdout
        assert "server.py:" in with_file
        assert "server.py:" not in plain


def test_configuration_of_the_server_goes_with_an_application(project: Path) -> None:
    (project / "gunicorn.conf.py").write_text("")
    done = run("audit", ".", "--server-config", "gunicorn.conf.py")
    assert done.returncode == 2
    assert "goes with an application" in done.stderr


def test_interrupt_ends_with_130(project: Path) -> None:
    (project / "shop.py").write_text(
        "import sys, time\nprint('started', file=sys.stderr, flush=True)\ntime.sleep(60)\n"
    )
    process = subprocess.Popen(
        [*GARRISON, "check", "shop:app"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 30
    while not _children_of(process.pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=30)
    assert (process.returncode, output) == (130, "")
    assert errors.strip().endswith("Interrupted; nothing was reported.")


def _children_of(pid: int) -> str:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text()
