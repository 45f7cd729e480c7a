"""Where the configuration says that files of users are kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask

from flask_garrison.audit.rule import Match
from tests.audit.support import make, of_app

STATIC = "inputs.uploads-in-static"
CODE = "inputs.uploads-over-code"
TYPES = "inputs.active-upload-types"


def shop(folder: Path, **config: Any) -> Flask:
    for name in ("shop/static", "shop/templates", "instance"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    app = Flask("shop", root_path=str(folder / "shop"), instance_path=str(folder / "instance"))
    app.config.update(config)
    return app


def titles(rule: str, app: Flask) -> list[str]:
    found = of_app(rule, app)
    assert found is not None
    return [one.title for one in found if isinstance(one, Match)]


def test_uploads_that_become_pages_are_found(tmp_path: Path) -> None:
    app = shop(tmp_path, UPLOAD_FOLDER=str(tmp_path / "shop" / "static" / "uploads"))
    (match,) = of_app(STATIC, app) or []
    assert isinstance(match, Match)
    assert match.title == "UPLOAD_FOLDER lies in a static folder"
    assert match.evidence[0].summary == "UPLOAD_FOLDER is served at /static/uploads"


def test_a_folder_beside_the_application_is_meant_from_there(tmp_path: Path) -> None:
    assert titles(STATIC, shop(tmp_path, UPLOADED_PHOTOS_DEST="static/photos")) == [
        "UPLOADED_PHOTOS_DEST lies in a static folder"
    ]


def test_a_key_that_does_not_say_so_names_a_folder_by_its_value(tmp_path: Path) -> None:
    app = shop(tmp_path, UPLOADS=str(tmp_path / "shop" / "static" / "uploads"), UPLOAD_URL="/static/uploads")
    assert titles(STATIC, app) == ["UPLOADS lies in a static folder"]
    assert of_app(STATIC, shop(tmp_path, UPLOADS="static", UPLOAD_PREFIX="/", UPLOADS_HOME=str(tmp_path))) is None


def test_uploads_over_the_code_or_the_templates_are_found(tmp_path: Path) -> None:
    assert titles(CODE, shop(tmp_path, UPLOAD_FOLDER=str(tmp_path / "shop"))) == [
        "UPLOAD_FOLDER holds the application's code"
    ]
    assert titles(CODE, shop(tmp_path, AVATAR_UPLOAD_DIR=str(tmp_path / "shop" / "templates" / "users"))) == [
        "AVATAR_UPLOAD_DIR shares a folder with templates"
    ]


def test_a_folder_of_its_own_is_none(tmp_path: Path) -> None:
    app = shop(tmp_path, UPLOAD_FOLDER=str(tmp_path / "instance" / "uploads"))
    assert titles(STATIC, app) == titles(CODE, app) == []
    inside = shop(tmp_path, UPLOAD_FOLDER=str(tmp_path / "shop" / "uploads"))
    assert titles(STATIC, inside) == titles(CODE, inside) == []


def test_other_settings_name_no_folder(tmp_path: Path) -> None:
    app = shop(
        tmp_path, MAX_UPLOAD_SIZE="1 MB", UPLOAD_EXTENSIONS=".png", DOWNLOAD_DIR=str(tmp_path / "shop" / "static")
    )
    assert of_app(STATIC, app) is of_app(CODE, app) is None


def test_files_that_run_are_found() -> None:
    assert titles(TYPES, make(ALLOWED_EXTENSIONS={"png", "SVG", "html"})) == ["ALLOWED_EXTENSIONS holds html, svg"]
    assert titles(TYPES, make(UPLOAD_EXTENSIONS=[".jpg", ".py"])) == ["UPLOAD_EXTENSIONS holds py"]
    assert titles(TYPES, make(ALLOWED_EXTENSIONS={"png", "pdf"})) == []
    assert of_app(TYPES, make()) is None
