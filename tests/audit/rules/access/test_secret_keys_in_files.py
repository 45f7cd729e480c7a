"""A key in force that stands in the source is found with its line; elsewhere, and weak, it is not this rule's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flask_garrison.audit.engine import finding_of
from flask_garrison.audit.rule import Match
from flask_garrison.audit.rules.access import secret_keys_in_files
from tests.audit.shorthand import project, titles
from tests.audit.support import KEY, of_app

RULE = "access.secret-key-in-source"


def test_the_key_is_found_where_it_stands(tmp_path: Path) -> None:
    (tmp_path / "settings.py").write_text(f"import os\n\nSECRET_KEY = '{KEY}'\n")
    (found,) = of_app(RULE, project(tmp_path), root=tmp_path) or []
    assert isinstance(found, Match)
    assert (found.title, found.line) == ("the key in force stands in settings.py", 3)
    assert found.path is not None and found.path.endswith("settings.py")
    assert KEY not in json.dumps(finding_of(secret_keys_in_files.KEY_IN_SOURCE, found).as_dict())


def test_a_key_of_bytes_is_found_as_it_is_written(tmp_path: Path) -> None:
    key = b"\x8f\x02\xa1\xfe\x10\x99\xcd\x07\x55\x31\xee\xb8\x42\x6d\x9a\xc3"
    (tmp_path / "settings.py").write_text(f"SECRET_KEY = {key!r}\n")
    app = project(tmp_path, SECRET_KEY=key)
    assert titles(RULE, app, root=tmp_path) == ["medium: the key in force stands in settings.py"]


def test_a_key_from_elsewhere_is_none(tmp_path: Path) -> None:
    (tmp_path / "settings.py").write_text("import os\n\nSECRET_KEY = os.environ['SECRET_KEY']\n")
    for folder in ("instance", ".venv", "node_modules"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "config.py").write_text(f"SECRET_KEY = '{KEY}'\n")
    assert titles(RULE, project(tmp_path), root=tmp_path) == []


def test_a_weak_key_is_another_rules(tmp_path: Path) -> None:
    (tmp_path / "settings.py").write_text("SECRET_KEY = 'my super secret key 42'\n")
    assert titles(RULE, project(tmp_path, SECRET_KEY="my super secret key 42"), root=tmp_path) is None


def test_too_many_files_are_not_called_clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flask_garrison.audit.facts.project_files.MOST_FILES", 1)
    for number in range(2):
        (tmp_path / f"views{number}.py").write_text("")
    assert titles(RULE, project(tmp_path), root=tmp_path) == [
        "? secret keys in the source: the project has too many files"
    ]
