"""The files of a project are read within bounds, and libraries are not among them."""

from __future__ import annotations

from pathlib import Path

import pytest

from flask_garrison.audit.facts import project_files
from tests.audit.shorthand import project, written
from tests.audit.support import inspected

PYTHON = frozenset({".py"})


def names(folder: Path) -> tuple[list[str], bool]:
    found, complete = project_files.project_files(inspected(project(folder), root=folder), PYTHON)
    return [path.relative_to(folder).as_posix() for path, _ in found], complete


def test_each_file_comes_once_and_libraries_do_not(tmp_path: Path) -> None:
    for folder in ("shop", "env3/lib", "node_modules", ".git", "build"):
        (tmp_path / folder).mkdir(parents=True)
        written(tmp_path / folder, x__py="")
    written(tmp_path / "env3", pyvenv__cfg="")
    written(tmp_path, a__py="", b__txt="")
    assert names(tmp_path) == (["a.py", "shop/x.py"], True)


def test_bounds_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, a__py="", b__py="x" * 50, c__py="")
    monkeypatch.setattr(project_files, "LARGEST", 10)
    assert names(tmp_path) == (["a.py", "c.py"], True)
    monkeypatch.setattr(project_files, "MOST_FILES", 1)
    assert names(tmp_path) == (["a.py"], False)
