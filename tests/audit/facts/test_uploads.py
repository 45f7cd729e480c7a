"""Keys that name a folder for the files of users."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from flask_garrison.audit.facts.uploads import UploadFolder, is_below, template_roots, upload_folders
from tests.audit.support import inspected


@pytest.mark.parametrize(
    "key", ["UPLOAD_FOLDER", "UPLOADS_DEFAULT_DEST", "UPLOADED_PHOTOS_DEST", "AVATAR_UPLOAD_DIR", "UPLOAD_PATH"]
)
def test_a_key_that_says_both_words_counts(tmp_path: Path, key: str) -> None:
    app = Flask("shop", root_path=str(tmp_path))
    app.config[key] = tmp_path / "files"
    assert upload_folders(inspected(app)) == [UploadFolder(key, tmp_path / "files")]


@pytest.mark.parametrize("key", ["UPLOAD_EXTENSIONS", "DOWNLOAD_FOLDER", "RELOADED_DIR", "UPLOAD_MAX"])
def test_other_keys_do_not(tmp_path: Path, key: str) -> None:
    app = Flask("shop", root_path=str(tmp_path))
    app.config[key] = "files"
    assert upload_folders(inspected(app)) == []


def test_a_relative_folder_is_meant_from_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = Flask("shop", root_path=str(tmp_path / "shop"))
    app.config["UPLOAD_FOLDER"] = "files"
    monkeypatch.chdir(tmp_path)
    assert upload_folders(inspected(app))[0].folder == tmp_path / "shop" / "files"
    (tmp_path / "files").mkdir()
    assert upload_folders(inspected(app))[0].folder == tmp_path / "files"


def test_template_roots_exist(tmp_path: Path) -> None:
    app = Flask("shop", root_path=str(tmp_path))
    assert template_roots(inspected(app)) == []
    (tmp_path / "templates").mkdir()
    assert template_roots(inspected(app)) == [tmp_path / "templates"]
    assert is_below(tmp_path / "templates", tmp_path) and not is_below(tmp_path, tmp_path / "templates")
