"""gunicorn's settings come out as gunicorn itself would work them out."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from gunicorn.app.wsgiapp import WSGIApplication
from gunicorn.config import KNOWN_SETTINGS

from flask_garrison.audit.facts.gunicorn import Gunicorn, gunicorn_of, uses_gunicorn
from flask_garrison.audit.facts.gunicorn_binds import binds, open_binds
from tests.audit.shorthand import project, written
from tests.audit.support import inspected

FILE = 'bind = "127.0.0.1:8000"\ntimeout = 60\nreload = "true"\nlimit_request_line = "0x100"\n'


def settings(folder: Path, **environ: str) -> Gunicorn:
    return gunicorn_of(inspected(project(folder), root=folder, environ=environ))


@pytest.mark.parametrize(
    "arguments",
    [
        "",
        "--timeout 5 --bind=0.0.0.0:80 -b unix:/run/shop.sock",
        "-t5 --reload --limit-request-fields 7",
        "--forwarded-allow-ips=* --log-level debug --access-logfile - --user nobody",
    ],
)
def test_each_setting_is_what_gunicorn_makes_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: str
) -> None:
    written(tmp_path, gunicorn__conf__py=FILE)
    monkeypatch.chdir(Path.cwd())
    monkeypatch.setattr("sys.path", [*sys.path])
    monkeypatch.setenv("GUNICORN_CMD_ARGS", arguments)
    monkeypatch.setattr("sys.argv", ["gunicorn", "-c", str(tmp_path / "gunicorn.conf.py"), "shop:app"])
    real = WSGIApplication("%(prog)s").cfg
    ours = settings(tmp_path, GUNICORN_CMD_ARGS=arguments)
    assert binds(ours) == real.bind
    assert ours.number("timeout", 30) == real.timeout
    assert ours.number("limit_request_line", 4094) == real.limit_request_line
    assert ours.number("limit_request_fields", 100) == real.limit_request_fields
    assert ours.is_on("reload") is real.reload
    assert ours.get("accesslog") == real.accesslog
    assert ",".join(ours.listed("forwarded_allow_ips", "127.0.0.1,::1")) == ",".join(map(str, real.forwarded_allow_ips))


def test_every_setting_that_rules_ask_for_is_gunicorns() -> None:
    known = {setting.name for setting in KNOWN_SETTINGS} | {"tolerate_dangerous_framing"}
    asked = {"bind", "raw_env", "forwarded_allow_ips", "proxy_allow_ips", "proxy_protocol", "header_map", "reload"}
    asked |= {"spew", "umask", "user", "keyfile", "certfile", "ciphers", "ssl_context", "accesslog", "worker_class"}
    assert asked <= known


def test_a_named_file_counts_before_the_usual_one(tmp_path: Path) -> None:
    written(tmp_path, gunicorn__conf__py="timeout = 1\n", other__py="timeout = 2\n")
    assert settings(tmp_path).values == {"timeout": 1}
    assert settings(tmp_path, GUNICORN_CMD_ARGS="-c other.py").get("timeout") == 2
    (elsewhere,) = settings(tmp_path, GUNICORN_CMD_ARGS="-c python:shop.server").unchecked("timeout")
    assert elsewhere.reason == "it is said to be 'python:shop.server', and there is no such Python file"
    named = inspected(project(tmp_path), root=tmp_path, environ={}, server_config=tmp_path / "other.py")
    assert gunicorn_of(named).get("timeout") == 2


def test_who_uses_gunicorn_is_seen(tmp_path: Path) -> None:
    subject = inspected(project(tmp_path), root=tmp_path, environ={})
    assert not uses_gunicorn(subject)
    written(tmp_path, Procfile="web: gunicorn shop:app\n")
    assert uses_gunicorn(subject)


def test_open_addresses_are_told_from_others(tmp_path: Path) -> None:
    addresses = [
        "127.0.0.1:1",
        "localhost:1",
        "[::1]:1",
        "unix:/run/s",
        "fd://3",
        "0.0.0.0:1",
        ":1",
        "[::]:1",
        "10.0.0.7:1",
    ]
    written(tmp_path, gunicorn__conf__py=f"bind = {addresses!r}\n")
    assert open_binds(settings(tmp_path)) == ["0.0.0.0:1", ":1", "[::]:1", "10.0.0.7:1"]
    (tmp_path / "gunicorn.conf.py").unlink()
    assert (open_binds(settings(tmp_path)), open_binds(settings(tmp_path, PORT="80"))) == ([], ["0.0.0.0:80"])
