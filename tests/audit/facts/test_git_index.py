"""The index of a repository is read as git writes it; what is no index is not known."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from flask_garrison.audit.facts.git_index import tracked_files


@pytest.mark.parametrize("version", ["2", "3", "4"])
def test_each_version_is_read(tmp_path: Path, version: str) -> None:
    names = {"a", "ab/c.txt", "ab/cd/" + "e" * 200, "näme", ".env", *(f"many/{number}" for number in range(300))}
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    subprocess.run(["git", "add", "-f", "."], cwd=tmp_path, check=True)
    subprocess.run(["git", "update-index", "--index-version", version], cwd=tmp_path, check=True)
    assert tracked_files(tmp_path) == names


@pytest.mark.parametrize("data", [b"", b"DIRC", b"DIRC\0\0\0\2\0\0\0\1", b"nothing that git wrote"])
def test_what_is_no_index_is_not_known(tmp_path: Path, data: bytes) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "index").write_bytes(data)
    assert tracked_files(tmp_path) is None


def test_no_repository_is_not_known(tmp_path: Path) -> None:
    assert tracked_files(tmp_path) is None
