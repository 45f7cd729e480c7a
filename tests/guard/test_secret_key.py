"""A weak or missing key does not start; what a command line or TESTING lets through serves nobody but this machine."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import httpx
import pytest
from flask import Flask
from flask.cli import AppGroup, FlaskGroup, ScriptInfo
from werkzeug.test import Client, TestResponse

from flask_garrison import Garrison
from flask_garrison.cli import flask_group as garrison_command
from flask_garrison.errors import PolicyError
from flask_garrison.events import SecurityEvent
from flask_garrison.guard.secret_key import CONTROL, is_under_cli
from tests.guard.conftest import SECRET
from tests.support.process import free_port, running

Seen = Callable[[], list[SecurityEvent]]
WEAK = "my super secret key 4711"
KNOWN = "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf"
COMMAND = "python -c 'import secrets; print(secrets.token_hex(32))'"
STRANGER = "203.0.113.9"

pytestmark = pytest.mark.without_secret_key


def shop(key: object = None, **config: Any) -> Flask:
    app = Flask("shop")
    app.config.update(SECRET_KEY=key, **config)
    app.add_url_rule("/", "index", lambda: "<h1>Shop</h1>")
    return app


def get(app: Flask, peer: str | None = STRANGER, **headers: str) -> TestResponse:
    environ = {} if peer is None else {"REMOTE_ADDR": peer}
    return Client(app).get(
        "/",
        base_url="https://shop.example",
        environ_base=environ,
        headers={k.replace("_", "-"): v for k, v in headers.items()},
    )


def under(command: click.Command, work: Callable[[], Any]) -> Any:
    """Do something as Flask's or another command line would: in a context two levels deep."""
    with click.Context(command) as root, click.Context(click.Command("inner"), parent=root):
        return work()


def lenient(app: Flask, **settings: Any) -> Flask:
    under(FlaskGroup(), lambda: Garrison(app, **settings))
    return app


def events_of(seen: Seen) -> list[tuple[str, int | None]]:
    return [(event.outcome, event.status) for event in seen() if event.control == CONTROL]


# At the start


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (None, "is missing"),
        ("", "is missing"),
        ("dev", "placeholder"),
        (WEAK, "placeholder"),
        ("k9$Lq2!v", "shorter than 16 bytes"),
        (b"\x00" * 32, "different characters"),
        (KNOWN, "publicly known"),
    ],
)
def test_such_a_key_does_not_start(key: object, words: str) -> None:
    with pytest.raises(PolicyError, match=words) as caught:
        Garrison(shop(key))
    message = str(caught.value)
    assert message.startswith("SECRET_KEY: ")
    assert COMMAND in message
    assert "must be set before Garrison(app)" in message
    assert not key or str(key) not in message


@pytest.mark.parametrize("old", ["dev", WEAK, KNOWN])
def test_a_weak_fallback_does_not_start_since_it_is_accepted_as_well(old: str) -> None:
    with pytest.raises(PolicyError, match=r"SECRET_KEY_FALLBACKS\[1\]") as caught:
        Garrison(shop(SECRET, SECRET_KEY_FALLBACKS=["another key, just as long as the first one", old]))
    assert old not in str(caught.value)


def test_a_failed_start_leaves_the_app_unguarded_and_a_second_try_works() -> None:
    app = shop("dev")
    with pytest.raises(PolicyError):
        Garrison(app)
    app.secret_key = SECRET
    Garrison(app)
    assert get(app).status_code == 200


def test_a_good_key_starts_and_serves() -> None:
    app = shop(SECRET, SECRET_KEY_FALLBACKS=["another key, just as long as the first one"])
    Garrison(app)
    assert get(app).status_code == 200


def test_an_app_without_sessions_needs_no_key_but_a_weak_one_is_refused_all_the_same(seen: Seen) -> None:
    app = shop()
    Garrison(app, sessions=False)
    assert get(app).status_code == 200
    assert events_of(seen) == []
    with pytest.raises(PolicyError, match="placeholder"):
        Garrison(shop("dev"), sessions=False)


def test_missing_key_says_how_to_do_without_sessions() -> None:
    with pytest.raises(PolicyError, match="sessions=False"):
        Garrison(shop())


# Modes


def test_off_neither_refuses_nor_speaks(seen: Seen) -> None:
    app = shop("dev")
    Garrison(app, modes={CONTROL: "off"})
    assert get(app).status_code == 200
    assert events_of(seen) == []


def test_observe_serves_everybody_and_records_once(seen: Seen) -> None:
    app = shop("dev", SECRET_KEY_FALLBACKS=[KNOWN])
    Garrison(app, modes={CONTROL: "observe"})
    assert [get(app).status_code for _ in range(3)] == [200, 200, 200]
    assert events_of(seen) == [("would_refuse", None)] * 2
    first, second = [event.detail for event in seen() if event.control == CONTROL]
    assert (first["name"], second["name"]) == ("SECRET_KEY", "SECRET_KEY_FALLBACKS[0]")
    assert first["line"] == COMMAND


# Command lines and tests


def test_flasks_command_line_only_warns(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "flask_garrison"):
        lenient(shop(WEAK))
    (entry,) = [one.getMessage() for one in caplog.records if one.name == "flask_garrison"]
    assert COMMAND in entry
    assert WEAK not in entry


@pytest.mark.parametrize(
    ("command", "counts"),
    [
        (FlaskGroup(), True),
        (FlaskGroup(create_app=lambda: Flask("x")), True),
        (garrison_command, True),
        (AppGroup(), False),
        (click.Group("uvicorn"), False),
        (click.Command("flask"), False),
    ],
)
def test_whose_command_line_it_is(command: click.Command, counts: bool) -> None:
    assert under(command, is_under_cli) is counts
    assert is_under_cli() is False


def test_another_programs_command_line_does_not_start() -> None:
    with pytest.raises(PolicyError):
        under(click.Group("server"), lambda: Garrison(shop("dev")))


def test_a_command_of_the_app_runs_with_a_weak_key() -> None:
    def create_app() -> Flask:
        app = shop("dev")
        app.cli.command("migrate")(lambda: click.echo("migrated"))
        Garrison(app)
        return app

    result = app_runner(create_app, ["migrate"])
    assert result.exit_code == 0
    assert "migrated" in result.output


def app_runner(create_app: Callable[[], Flask], words: list[str]) -> Any:
    from click.testing import CliRunner

    group = FlaskGroup(create_app=create_app)
    return CliRunner().invoke(group, words, obj=ScriptInfo(create_app=create_app))


def test_testing_only_warns_where_it_is_set_before(seen: Seen) -> None:
    app = shop("dev", TESTING=True)
    Garrison(app)
    assert get(app).status_code == 200
    assert events_of(seen) == [("allowed", None)]


def test_testing_that_is_set_after_is_too_late() -> None:
    with pytest.raises(PolicyError, match="TESTING"):
        Garrison(shop("dev", TESTING=False))


# What was let through serves this machine alone


@pytest.mark.parametrize("key", ["dev", KNOWN, None])
def test_strangers_are_refused_and_the_own_machine_is_served(key: str | None, seen: Seen) -> None:
    app = lenient(shop(key))
    refused = get(app)
    assert refused.status_code == 503
    assert "key" not in refused.text.lower()
    assert refused.headers["X-Content-Type-Options"] == "nosniff"
    assert [get(app, peer).status_code for peer in ("127.0.0.1", "127.0.0.9", "::1", "::ffff:127.0.0.1")] == [200] * 4
    assert events_of(seen) == [("refused", 503), ("allowed", None)]
    (event,) = [event for event in seen() if event.outcome == "refused"]
    assert COMMAND in str(event.detail["advice"])
    assert key is None or key not in str(event.as_dict())


@pytest.mark.parametrize(
    "peer", [None, "", "unix:", "10.0.0.1", "192.168.1.4", "fe80::1%eth0", "2001:db8::1", "localhost"]
)
def test_who_is_not_surely_here_is_a_stranger(peer: str | None) -> None:
    assert get(lenient(shop("dev")), peer).status_code == 503


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"X_Forwarded_For": STRANGER}, 503),
        ({"X_Forwarded_For": f"127.0.0.1, {STRANGER}"}, 503),
        ({"X_Real_IP": STRANGER}, 503),
        ({"Forwarded": "for=127.0.0.1"}, 503),
        ({"X_Forwarded_For": "garbage"}, 503),
        ({"X_Forwarded_For": "127.0.0.1"}, 200),
    ],
)
def test_a_proxy_on_this_machine_does_not_make_strangers_local(headers: dict[str, str], status: int) -> None:
    assert get(lenient(shop("dev")), "127.0.0.1", **headers).status_code == status


def test_a_header_cannot_make_a_stranger_local() -> None:
    assert get(lenient(shop("dev")), STRANGER, X_Forwarded_For="127.0.0.1").status_code == 503


def test_a_good_key_that_is_set_late_counts() -> None:
    app = lenient(shop("dev"))
    assert get(app).status_code == 503
    app.secret_key = SECRET
    assert get(app).status_code == 200


@pytest.mark.parametrize("late", ["dev", KNOWN, None])
def test_a_bad_key_that_is_set_late_counts_too(late: str | None, caplog: pytest.LogCaptureFixture) -> None:
    app = shop(SECRET)
    Garrison(app)
    app.secret_key = late
    with caplog.at_level(logging.WARNING, "flask_garrison"):
        assert [get(app).status_code for _ in range(3)] == [503] * 3
    assert len([one for one in caplog.records if one.name == "flask_garrison"]) == 1


def test_a_fallback_that_is_added_late_counts_too() -> None:
    fallbacks: list[str] = []
    app = shop(SECRET, SECRET_KEY_FALLBACKS=fallbacks)
    Garrison(app)
    assert get(app).status_code == 200
    fallbacks.append("dev")
    assert get(app).status_code == 503


# Real processes

APP = """
from flask import Flask
from flask_garrison import Garrison

app = Flask(__name__)
app.config["SECRET_KEY"] = {key!r}
Garrison(app)


@app.get("/")
def index():
    return "<h1>Shop</h1>"
"""


def test_gunicorn_does_not_serve_a_weak_key(tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text(APP.format(key="dev"))
    argv = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{free_port()}", "shop:app"]
    result = subprocess.run(argv, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode != 0
    assert COMMAND in result.stderr


@pytest.mark.parametrize("words", [["-m", "flask"], ["-c", "from flask.cli import main; main()"]])
def test_flask_run_serves_this_machine_alone(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "app.py").write_text(APP.format(key="dev"))
    port = free_port()
    argv = [sys.executable, *words, "run", "--port", str(port)]
    with running(argv, port=port, log=tmp_path / "log", cwd=tmp_path):
        assert httpx.get(f"http://127.0.0.1:{port}/").status_code == 200
        assert httpx.get(f"http://127.0.0.1:{port}/", headers={"X-Forwarded-For": STRANGER}).status_code == 503
    assert COMMAND in (tmp_path / "log").read_text()


def test_flask_routes_works_without_a_key(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(APP.format(key=None))
    argv = [sys.executable, "-m", "flask", "routes"]
    result = subprocess.run(argv, cwd=tmp_path, capture_output=True, text=True, env=dict(os.environ), check=True)
    assert "index" in result.stdout
    assert COMMAND in result.stderr
