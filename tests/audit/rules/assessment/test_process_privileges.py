"""Root, code that everybody may write, and asserts that are left out."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from flask_garrison.audit.rule import Match
from tests.audit.shorthand import project, titles, written
from tests.audit.support import of_app

ROOT = "assessment.runs-as-root"
CODE = "assessment.writable-code"
ASSERTS = "assessment.asserts-switched-off"


def root_of(folder: Path) -> list[str] | None:
    return titles(ROOT, project(folder), root=folder, environ={})


@pytest.mark.parametrize(
    ("image", "words"),
    [
        ("FROM python\n", ["low: the image runs as root"]),
        ("FROM python\nUSER shop\nFROM python\n", ["low: the image runs as root"]),
        ("FROM python\nUSER root\n", ["low: the image runs as root"]),
        ("FROM python\nUSER shop:shop\n", []),
    ],
)
def test_an_image_is_judged_by_its_last_stage(tmp_path: Path, image: str, words: list[str]) -> None:
    assert root_of(written(tmp_path, Dockerfile=image)) == words


def test_gunicorns_user_counts_first(tmp_path: Path) -> None:
    image = "FROM python\n"
    assert root_of(written(tmp_path, Dockerfile=image, gunicorn__conf__py='user = "shop"\n')) == []
    words = ["medium: gunicorn's workers run as root"]
    assert root_of(written(tmp_path, Dockerfile=image, gunicorn__conf__py='user = "root"\n')) == words


def test_the_auditing_process_says_little(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert root_of(tmp_path) == ["info: the process that was audited runs as root"]
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert root_of(tmp_path) == []


def test_code_that_everybody_may_write_is_found_with_its_mode(tmp_path: Path) -> None:
    written(tmp_path, views__py="", models__py="")
    (tmp_path / "views.py").chmod(0o666)
    (match,) = of_app(CODE, project(tmp_path), root=tmp_path) or []
    assert isinstance(match, Match)
    assert match.title.endswith("views.py")
    assert [item.summary.split()[0] for item in match.evidence] == ["-rw-rw-rw-"]


def test_a_folder_that_everybody_may_write_counts_and_a_sticky_one_does_not(tmp_path: Path) -> None:
    for name, mode in (("open", 0o777), ("sticky", 0o1777)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "views.py").write_text("")
        (tmp_path / name).chmod(mode)
    (match,) = of_app(CODE, project(tmp_path), root=tmp_path) or []
    assert isinstance(match, Match)
    assert [Path(item.summary).name for item in match.evidence] == ["open"]


def test_code_of_its_owner_is_none(tmp_path: Path) -> None:
    written(tmp_path, views__py="")
    assert titles(CODE, project(tmp_path), root=tmp_path) == []


def test_too_much_code_is_not_called_clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flask_garrison.audit.rules.assessment.process_privileges.MOST_FILES", 1)
    written(tmp_path, views__py="", models__py="")
    words = ["? permissions of the code: the project has too many files"]
    assert titles(CODE, project(tmp_path), root=tmp_path) == words


@pytest.fixture
def checked(tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "shop_rights.py"
    file.write_text("def pay(user, amount):\n    assert user.is_admin\n    assert amount > 0\n")
    spec = importlib.util.spec_from_file_location("shop_rights", file)
    assert spec is not None and spec.loader is not None
    sys.modules["shop_rights"] = importlib.util.module_from_spec(spec)
    yield tmp_path
    del sys.modules["shop_rights"]


def test_asserts_that_are_left_out_are_found(checked: Path) -> None:
    app = project(checked)
    words = ["medium: PYTHONOPTIMIZE leaves out 2 asserts"]
    assert titles(ASSERTS, app, root=checked, environ={"PYTHONOPTIMIZE": "1"}) == words
    written(checked, Dockerfile="FROM python\nENV PYTHONOPTIMIZE=2\n")
    words = ["medium: PYTHONOPTIMIZE in the Dockerfile leaves out 2 asserts"]
    assert titles(ASSERTS, app, root=checked, environ={}) == words


def test_asserts_that_count_are_none(checked: Path) -> None:
    assert titles(ASSERTS, project(checked), root=checked, environ={}) is None


def test_code_without_asserts_is_none(tmp_path: Path) -> None:
    assert titles(ASSERTS, project(tmp_path), root=tmp_path, environ={"PYTHONOPTIMIZE": "1"}) == []
