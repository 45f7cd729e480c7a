"""Flask-Session is asked how long its identifiers are and who may read its files."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from flask_garrison.findings import Severity
from tests.audit.support import make, of_app

flask_session = pytest.importorskip("flask_session", reason="Flask-Session is not installed")


def in_files(folder: Path, *, mode: int = 0o600, app: Flask | None = None, **config: Any) -> Flask:
    app = app or make()
    app.config.update(SESSION_TYPE="filesystem", SESSION_FILE_DIR=str(folder), SESSION_FILE_MODE=mode, **config)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        flask_session.Session(app)
    return app


def said(rule: str, app: Flask) -> list[tuple[str, Severity | None]]:
    found = of_app(rule, app)
    assert found is not None
    return [(match.title, match.severity) for match in found]  # type: ignore[union-attr]


def test_a_short_identifier_is_found(tmp_path: Path) -> None:
    app = in_files(tmp_path, SESSION_ID_LENGTH=8)
    assert said("access.session-id-short", app) == [("an identifier has 8 random bytes", None)]
    assert said("access.session-id-short", in_files(tmp_path)) == []


def test_files_that_others_read_are_found(tmp_path: Path) -> None:
    assert said("access.session-files-open", in_files(tmp_path, mode=0o666)) == [
        ("session files get the mode 0666", None)
    ]
    assert said("access.session-files-open", in_files(tmp_path, mode=0o640)) == [
        ("session files get the mode 0640", Severity.LOW)
    ]
    assert said("access.session-files-open", in_files(tmp_path)) == []


def test_a_folder_that_everybody_writes_to_is_found(tmp_path: Path) -> None:
    app = in_files(tmp_path)
    tmp_path.chmod(0o777)
    (match,) = of_app("access.session-files-open", app) or []
    assert match.title == "the folder of the session files is writable for everybody"  # type: ignore[union-attr]
    assert match.evidence[0].summary == f"{tmp_path} has the mode 0777"  # type: ignore[union-attr]


def test_files_that_can_be_fetched_are_found(tmp_path: Path) -> None:
    app = Flask("shop", static_folder=str(tmp_path))
    in_files(tmp_path / "sessions", app=app)
    assert said("access.session-files-open", app) == [("session files lie in a static folder", Severity.CRITICAL)]


def test_flasks_own_session_has_no_files() -> None:
    assert of_app("access.session-files-open", make()) is None
    assert of_app("access.session-id-short", make()) is None
