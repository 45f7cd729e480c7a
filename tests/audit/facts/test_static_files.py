"""Static folders with their addresses, and what lies below them."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Flask

from flask_garrison.audit.facts.static_files import StaticFolder, entries, is_too_large, static_folders
from tests.audit.support import inspected


def shop(folder: Path) -> Flask:
    (folder / "static" / "deep").mkdir(parents=True)
    (folder / "static" / "deep" / "a.txt").write_text("a", encoding="utf-8")
    return Flask("shop", root_path=str(folder))


def test_each_folder_is_named_once_with_its_address(tmp_path: Path) -> None:
    app = shop(tmp_path)
    for name in ("one", "two"):
        app.register_blueprint(Blueprint(name, "shop", static_folder=str(tmp_path / "static"), url_prefix=f"/{name}"))
    app.register_blueprint(Blueprint("gone", "shop", static_folder=str(tmp_path / "gone"), url_prefix="/gone"))
    assert static_folders(inspected(app)) == [StaticFolder(tmp_path / "static", "/static/")]


def test_a_nested_blueprint_has_its_own_address(tmp_path: Path) -> None:
    app = Flask("shop", root_path=str(tmp_path / "elsewhere"))
    shop(tmp_path)
    outer = Blueprint("outer", "shop", url_prefix="/outer")
    outer.register_blueprint(Blueprint("inner", "shop", static_folder=str(tmp_path / "static"), url_prefix="/inner"))
    app.register_blueprint(outer)
    (found,) = static_folders(inspected(app))
    assert found.address_of(tmp_path / "static" / "deep" / "a.txt") == "/outer/inner/static/deep/a.txt"


def test_a_folder_that_no_route_serves_is_none(tmp_path: Path) -> None:
    shop(tmp_path)
    app = Flask("shop", root_path=str(tmp_path), static_folder=None)
    app.static_folder = "static"
    assert static_folders(inspected(app)) == []


def test_entries_come_parents_first(tmp_path: Path) -> None:
    shop(tmp_path)
    static = StaticFolder(tmp_path / "static", "/static/")
    assert list(entries(static)) == [tmp_path / "static" / "deep", tmp_path / "static" / "deep" / "a.txt"]
    assert not is_too_large(static)
