"""What can be fetched from static folders: found by name, and fetched here to show that it is so."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Blueprint, Flask

from flask_garrison.audit.facts import static_files
from flask_garrison.audit.rule import Match, Unchecked
from tests.audit.support import of_app

SECRETS = "assessment.secrets-in-static"
SOURCES = "assessment.sources-in-static"
FOLDER = "assessment.static-holds-the-application"
LINKS = "assessment.links-in-static"


def shop(folder: Path, **files: str) -> Flask:
    static = folder / "shop" / "static"
    static.mkdir(parents=True)
    for name, text in files.items():
        path = static / name.replace("__", ".").replace("_S_", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Flask("shop", root_path=str(folder / "shop"), instance_path=str(folder / "instance"))


def titles(rule: str, app: Flask) -> list[str]:
    found = of_app(rule, app)
    assert found is not None
    return [one.title for one in found if isinstance(one, Match)]


@pytest.mark.parametrize(
    "name", [".env", ".env.production", "shop.db", "backup/shop.sql", "id_rsa", "data.SQLITE3", "shop.kdbx"]
)
def test_a_secret_is_found_and_can_be_fetched(tmp_path: Path, name: str) -> None:
    app = shop(tmp_path)
    path = tmp_path / "shop" / "static" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("TOKEN=1", encoding="utf-8")
    (match,) = of_app(SECRETS, app) or []
    assert isinstance(match, Match)
    assert (match.title, match.path) == (f"/static/{name} can be fetched", str(path))
    assert match.evidence[0].data == {"url": f"/static/{name}"}
    assert app.test_client().get(f"/static/{name}").data == b"TOKEN=1"


def test_a_repository_is_one_finding(tmp_path: Path) -> None:
    app = shop(tmp_path, __git_S_config="x", __git_S_objects_S_one__db="x")
    assert titles(SECRETS, app) == ["/static/.git can be fetched"]


def test_a_private_key_is_told_from_a_certificate(tmp_path: Path) -> None:
    private = "-----BEGIN PRIVATE KEY-----"
    app = shop(tmp_path, ca__pem="-----BEGIN CERTIFICATE-----", own__pem=private, tls__key=private, talk__key="PK")
    assert titles(SECRETS, app) == ["/static/own.pem can be fetched", "/static/tls.key can be fetched"]


def test_what_browsers_need_is_none(tmp_path: Path) -> None:
    app = shop(tmp_path, app__js="1", style__css="", logo__svg="<svg/>", __env__example="TOKEN=", Thumbs__db="x")
    assert titles(SECRETS, app) == titles(SOURCES, app) == titles(FOLDER, app) == titles(LINKS, app) == []


def test_the_static_folder_of_a_blueprint_counts(tmp_path: Path) -> None:
    app = shop(tmp_path)
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "shop.db").write_text("rows", encoding="utf-8")
    app.register_blueprint(Blueprint("files", "shop", static_folder=str(tmp_path / "files"), url_prefix="/files"))
    assert titles(SECRETS, app) == ["/files/files/shop.db can be fetched"]


def test_sources_are_one_finding_with_their_number(tmp_path: Path) -> None:
    assert titles(SOURCES, shop(tmp_path, helper__py="x", page__html__bak="x")) == [
        "/static/helper.py and 1 more can be fetched"
    ]


def test_one_source_is_named(tmp_path: Path) -> None:
    assert titles(SOURCES, shop(tmp_path, helper__py="x")) == ["/static/helper.py can be fetched"]


def test_a_static_folder_that_holds_everything_is_found_once(tmp_path: Path) -> None:
    (tmp_path / "instance").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "app.py").write_text("SECRET = 1", encoding="utf-8")
    (tmp_path / "shop.db").write_text("rows", encoding="utf-8")
    app = Flask("shop", root_path=str(tmp_path), static_folder=".", static_url_path="/s")
    app.instance_path = str(tmp_path / "instance")
    assert titles(FOLDER, app) == ["/s/ serves the application's code, instance folder, templates"]
    assert titles(SECRETS, app) == titles(SOURCES, app) == []
    assert app.test_client().get("/s/app.py").data == b"SECRET = 1"


def test_an_instance_folder_inside_is_found(tmp_path: Path) -> None:
    app = shop(tmp_path)
    app.instance_path = str(tmp_path / "shop" / "static" / "instance")
    Path(app.instance_path).mkdir()
    assert titles(FOLDER, app) == ["/static/ serves the application's instance folder"]


def test_a_link_that_leads_out_is_found(tmp_path: Path) -> None:
    app = shop(tmp_path, inside__txt="x")
    static = tmp_path / "shop" / "static"
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (static / "out.txt").symlink_to(tmp_path / "secret.txt")
    (static / "in.txt").symlink_to(static / "inside.txt")
    assert titles(LINKS, app) == ["/static/out.txt leads out of the static folder"]
    assert app.test_client().get("/static/out.txt").data == b"secret"


def test_a_folder_that_is_too_large_is_not_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(static_files, "MOST", 2)
    app = shop(tmp_path, a__txt="", b__txt="", c__txt="")
    (unchecked,) = of_app(SECRETS, app) or []
    assert isinstance(unchecked, Unchecked)
    assert unchecked.what == f"the static folder {tmp_path / 'shop' / 'static'}"


def test_without_a_static_folder_there_is_nothing_to_look_at(tmp_path: Path) -> None:
    for app in (Flask("shop", static_folder=None), Flask("shop", root_path=str(tmp_path))):
        assert of_app(SECRETS, app) is of_app(FOLDER, app) is None


def test_a_secret_that_is_a_backup_too_is_one_finding(tmp_path: Path) -> None:
    app = shop(tmp_path, __env__bak="x")
    assert titles(SECRETS, app) == ["/static/.env.bak can be fetched"]
    assert titles(SOURCES, app) == []
