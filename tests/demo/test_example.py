"""The example app is found, bare and guarded are one app, and nothing listens beyond loopback."""

from __future__ import annotations

from pathlib import Path

import pytest

from flask_garrison.demo import example, loopback
from flask_garrison.errors import TargetError


def test_the_guarded_app_is_the_bare_one_with_one_line_more(tmp_path: Path) -> None:
    bare = example.build(tmp_path / "bare.sqlite", guarded=False)
    guarded = example.build(tmp_path / "guarded.sqlite", guarded=True)
    assert [str(rule) for rule in bare.url_map.iter_rules()] == [str(rule) for rule in guarded.url_map.iter_rules()]
    assert "garrison" not in bare.extensions
    assert "garrison" in guarded.extensions
    source = (example.folder() / "guarded.py").read_text()
    assert source.count("Garrison(app, ") == 1


def test_no_other_file_of_the_app_knows_garrison() -> None:
    for path in example.folder().glob("*.py"):
        assert path.name in ("guarded.py", "strict.py") or "garrison" not in path.read_text()


def test_an_install_without_the_example_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(example, "__file__", str(tmp_path / "src" / "flask_garrison" / "demo" / "example.py"))
    with pytest.raises(TargetError, match="install flask-garrison anew"):
        example.folder()


def test_in_a_wheel_it_lies_in_the_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    place = tmp_path / "flask_garrison" / "_examples" / "notes"
    place.mkdir(parents=True)
    (place / "__init__.py").touch()
    monkeypatch.setattr(example, "__file__", str(tmp_path / "flask_garrison" / "demo" / "example.py"))
    assert example.folder() == place


def test_servers_listen_on_loopback_only() -> None:
    server = loopback.bind(lambda environ, start_response: [b""])
    try:
        assert server.socket.getsockname()[0] == "127.0.0.1"
    finally:
        server.server_close()


def test_the_guarded_app_refuses_a_forged_host(tmp_path: Path) -> None:
    for guarded, status in ((False, 200), (True, 400)):
        app = example.build(tmp_path / f"{guarded}.sqlite", guarded=guarded)
        assert app.test_client().get("/login", base_url="http://evil.example").status_code == status
        assert app.test_client().get("/login", base_url="http://127.0.0.1:5000").status_code == 200
