"""Files with secrets are found by the names in them, when others can read them or git tracks them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from flask_garrison.audit.rule import Match
from tests.audit.shorthand import project, titles
from tests.audit.support import of_app

READABLE = "assessment.readable-secrets-file"
TRACKED = "assessment.secrets-in-repository"
SECRETS = 'export SECRET_KEY="4711-0815-hunter"\nDATABASE_URL=postgres://shop:hunter@db/shop\nLANG=C\n'


def file_in(folder: Path, name: str = ".env", text: str = SECRETS, mode: int = 0o644) -> Path:
    file = folder / name
    file.write_text(text)
    file.chmod(mode)
    return file


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def test_a_readable_file_is_found_with_names_and_without_values(tmp_path: Path) -> None:
    file_in(tmp_path)
    (match,) = of_app(READABLE, project(tmp_path), root=tmp_path) or []
    assert isinstance(match, Match)
    assert match.title == "others can read .env"
    assert match.evidence[0].summary.startswith("-rw-r--r-- ")
    assert match.evidence[0].summary.endswith(".env sets SECRET_KEY, DATABASE_URL")
    assert "hunter" not in str(match)


def test_a_closed_file_is_none(tmp_path: Path) -> None:
    file_in(tmp_path, mode=0o600)
    assert titles(READABLE, project(tmp_path), root=tmp_path) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".env.example", SECRETS),
        (".env", "LANG=C\nSECRET_KEY=\nAPI_TOKEN=${TOKEN}\nDB_PASSWORD=changeme\n"),
        (".flaskenv", "FLASK_APP=shop\n"),
        ("environment.txt", SECRETS),
    ],
)
def test_what_holds_no_secret_is_nothing_to_look_at(tmp_path: Path, name: str, text: str) -> None:
    file_in(tmp_path, name, text)
    assert titles(READABLE, project(tmp_path), root=tmp_path) is None


@pytest.mark.parametrize("version", ["2", "4"])
def test_a_tracked_file_is_found(tmp_path: Path, version: str) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "shop").mkdir()
    for name in ("shop/.env", ".env.production", "shop/views.py"):
        file_in(tmp_path, name)
    git(tmp_path, "add", "-f", "shop", ".env.production")
    git(tmp_path, "update-index", "--index-version", version)
    file_in(tmp_path, ".env")
    app = project(tmp_path / "shop")
    assert titles(TRACKED, app, root=tmp_path) == ["medium: git tracks .env.production", "medium: git tracks .env"]


def test_an_index_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    file_in(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "index").write_bytes(b"DIRC\0\0\0\x09")
    words = ["? which files git tracks: the repository's index cannot be read"]
    assert titles(TRACKED, project(tmp_path), root=tmp_path) == words


def test_an_untracked_file_is_none(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    file_in(tmp_path)
    (tmp_path / "views.py").write_text("")
    git(tmp_path, "add", "views.py")
    assert titles(TRACKED, project(tmp_path), root=tmp_path) == []
