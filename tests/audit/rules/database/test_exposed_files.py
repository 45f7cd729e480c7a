"""SQLite files that a browser or another user of the machine can reach."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy
from flask import Blueprint, Flask

from flask_garrison.audit.rule import Match
from tests.audit.answers.support import shown
from tests.audit.support import of_app

SERVED, ACCESS = "database.file-served", "database.file-access"
NAME = "app.config['ENGINE']"


def shop(folder: Path, file: str) -> Flask:
    for name in ("static", "templates", "instance"):
        (folder / name).mkdir(exist_ok=True)
    app = Flask("shop", root_path=str(folder))
    app.config["ENGINE"] = sqlalchemy.create_engine(f"sqlite:///{file}", poolclass=sqlalchemy.pool.StaticPool)
    return app


def test_below_the_static_folder(tmp_path: Path) -> None:
    app = shop(tmp_path, f"{tmp_path}/static/data/shop.db")
    (match,) = of_app(SERVED, app) or ()
    assert isinstance(match, Match)
    assert (match.title, match.severity) == (f"{NAME} is shop.db below the static folder", None)
    assert match.evidence[0].kind == "file"
    assert match.evidence[0].summary == f"{tmp_path}/static/data/shop.db (not made yet)"


def test_each_file_is_told_of_once(tmp_path: Path) -> None:
    app = shop(tmp_path, f"{tmp_path}/static/shop.db")
    (tmp_path / "static" / "shop.db").touch()
    assert of_app(SERVED, app) == []
    assert len(of_app("assessment.secrets-in-static", app) or ()) == 1
    app = shop(tmp_path, f"{tmp_path}/static/shop.data")
    (tmp_path / "static" / "shop.data").touch()
    assert len(of_app(SERVED, app) or ()) == 1


def test_below_a_blueprints_static_folder_and_below_templates(tmp_path: Path) -> None:
    app = shop(tmp_path, f"{tmp_path}/admin/shop.db")
    app.register_blueprint(Blueprint("admin", "shop.admin", root_path=str(tmp_path), static_folder="admin"))
    assert shown(of_app(SERVED, app)) == [("-", f"{NAME} is shop.db below the static folder")]
    app = shop(tmp_path, f"{tmp_path}/templates/shop.db")
    assert shown(of_app(SERVED, app)) == [("low", f"{NAME} is shop.db below the template folder")]


def test_in_the_instance_folder(tmp_path: Path) -> None:
    assert of_app(SERVED, shop(tmp_path, f"{tmp_path}/instance/shop.db")) == []


def test_by_a_relative_path_and_by_a_uri(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert len(of_app(SERVED, shop(tmp_path, "static/shop.db")) or ()) == 1
    assert len(of_app(SERVED, shop(tmp_path, f"file:{tmp_path}/static/shop.db?mode=ro&uri=true")) or ()) == 1


@pytest.mark.parametrize("file", ["", ":memory:", "file:shared?mode=memory&cache=shared&uri=true"])
def test_memory_is_no_file(tmp_path: Path, file: str) -> None:
    assert of_app(SERVED, shop(tmp_path, file)) is None
    assert of_app(ACCESS, shop(tmp_path, file)) is None


@pytest.fixture
def open_folder(tmp_path: Path) -> Iterator[Path]:
    """Yield a folder that every user of the machine can come to; pytest's own are closed."""
    closed = [folder for folder in (tmp_path, *tmp_path.parents) if not folder.stat().st_mode & 0o001]
    modes = {folder: folder.stat().st_mode & 0o7777 for folder in closed}
    for folder in closed:
        folder.chmod(modes[folder] | 0o001)
    yield tmp_path
    for folder, mode in modes.items():
        folder.chmod(mode)


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (0o600, []),
        (0o640, []),
        (0o644, [("-", f"every user of the machine can read {NAME}")]),
        (0o666, [("medium", f"every user of the machine can change {NAME}")]),
    ],
)
def test_modes(open_folder: Path, mode: int, expected: list[tuple[str, str]]) -> None:
    app = shop(open_folder, f"{open_folder}/instance/shop.db")
    (open_folder / "instance").chmod(0o755)
    file = open_folder / "instance" / "shop.db"
    file.touch()
    file.chmod(mode)
    assert shown(of_app(ACCESS, app)) == expected


def test_a_folder_in_which_everybody_can_replace_the_file(open_folder: Path) -> None:
    app = shop(open_folder, f"{open_folder}/instance/shop.db")
    file = open_folder / "instance" / "shop.db"
    file.touch(mode=0o600)
    (open_folder / "instance").chmod(0o777)
    assert shown(of_app(ACCESS, app)) == [("medium", f"every user of the machine can change {NAME}")]
    (open_folder / "instance").chmod(0o1777)
    assert of_app(ACCESS, app) == []


def test_a_closed_folder_keeps_an_open_file(open_folder: Path) -> None:
    app = shop(open_folder, f"{open_folder}/instance/shop.db")
    file = open_folder / "instance" / "shop.db"
    file.touch()
    file.chmod(0o666)
    (open_folder / "instance").chmod(0o700)
    assert of_app(ACCESS, app) == []


def test_a_file_that_is_not_made_yet(tmp_path: Path) -> None:
    assert of_app(ACCESS, shop(tmp_path, f"{tmp_path}/instance/shop.db")) == []
