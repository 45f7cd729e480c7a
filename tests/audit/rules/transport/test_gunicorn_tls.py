"""An open port without TLS, an old profile, a readable key and an open socket."""

from __future__ import annotations

from pathlib import Path

from flask_garrison import Garrison
from flask_garrison.audit.rule import Match
from tests.audit.shorthand import project, titles, written
from tests.audit.support import of_app

PORT = "transport.gunicorn-plain-port"
PROFILE = "transport.gunicorn-tls-profile"
KEY = "transport.readable-private-key"
SOCKET = "transport.open-unix-socket"
PEM = "-----BEGIN PRIVATE KEY-----\nfor tests only\n-----END PRIVATE KEY-----\n"


def of_file(rule: str, folder: Path, source: str) -> list[str] | None:
    written(folder, gunicorn__conf__py=source)
    return titles(rule, project(folder), root=folder, environ={})


def test_an_open_port_without_tls_is_found(tmp_path: Path) -> None:
    words = ["low: gunicorn listens on 0.0.0.0:8000 without TLS"]
    assert of_file(PORT, tmp_path, 'bind = "0.0.0.0:8000"\n') == words
    assert of_file(PORT, tmp_path, 'bind = ["127.0.0.1:8000", "[::]:8000"]\n') == [
        "low: gunicorn listens on [::]:8000 without TLS"
    ]


def test_loopback_a_certificate_and_a_proxy_are_none(tmp_path: Path) -> None:
    assert of_file(PORT, tmp_path, 'bind = "localhost:8000"\n') == []
    assert of_file(PORT, tmp_path, 'bind = ":8443"\ncertfile = "cert.pem"\n') == []
    assert of_file(PORT, tmp_path, 'bind = ":8000"\nforwarded_allow_ips = "10.0.0.1"\n') == []


def test_a_guarded_application_is_not_nagged(tmp_path: Path) -> None:
    written(tmp_path, gunicorn__conf__py='bind = "0.0.0.0:8000"\n')
    app = project(tmp_path)
    Garrison(app)
    assert titles(PORT, app, root=tmp_path, environ={}) == []


def test_a_certificate_without_a_profile_is_found(tmp_path: Path) -> None:
    certificate = 'certfile = "cert.pem"\n'
    assert of_file(PROFILE, tmp_path, certificate) == ["low: certfile is set, ssl_context is not"]
    assert of_file(PROFILE, tmp_path, certificate + "def ssl_context(conf, default):\n    return default()\n") == []
    assert of_file(PROFILE, tmp_path, certificate + 'ciphers = "ECDHE+AESGCM"\n') == []
    assert of_file(PROFILE, tmp_path, "workers = 2\n") == []


def test_a_readable_key_is_found(tmp_path: Path) -> None:
    written(tmp_path, key__pem=PEM, gunicorn__conf__py='certfile = "cert.pem"\nkeyfile = "key.pem"\n')
    (tmp_path / "key.pem").chmod(0o644)
    (match,) = of_app(KEY, project(tmp_path), root=tmp_path, environ={}) or []
    assert isinstance(match, Match)
    assert (match.title, match.evidence[0].summary[:10]) == ("others can read key.pem", "-rw-r--r--")
    (tmp_path / "key.pem").chmod(0o600)
    assert titles(KEY, project(tmp_path), root=tmp_path, environ={}) == []


def test_a_key_that_is_elsewhere_is_not_checked(tmp_path: Path) -> None:
    (unread,) = of_file(KEY, tmp_path, 'certfile = "/nowhere/cert.pem"\nkeyfile = "/nowhere/key.pem"\n') or []
    assert unread == "? /nowhere/key.pem: the key file cannot be looked at"


def test_a_socket_for_everybody_is_found(tmp_path: Path) -> None:
    socket = 'bind = "unix:/run/shop.sock"\n'
    words = ["info: unix:/run/shop.sock is made with permissions for everybody"]
    assert of_file(SOCKET, tmp_path, socket) == words
    assert of_file(SOCKET, tmp_path, socket + "umask = 0o007\n") == []
    assert of_file(SOCKET, tmp_path, 'bind = ":8000"\n') == []
