"""Which Python files are found, and which are tests."""

from __future__ import annotations

from pathlib import Path, PurePath

import pytest

from flask_garrison.audit.code.reading.files import CodeFile, find_code, is_test


def put(root: Path, *names: str, content: str = "") -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)


def found(root: Path) -> list[str]:
    return [file.name for file in find_code(root)[0]]


def test_python_files_are_sorted_and_others_left(tmp_path: Path) -> None:
    put(tmp_path, "b.py", "a/z.py", "a.PY", "w.pyw", "app.wsgi", "c.txt", "d.pyi", "e.pyc", "f.ipynb", ".hidden.py")
    assert found(tmp_path) == [".hidden.py", "a/z.py", "a.PY", "app.wsgi", "b.py", "w.pyw"]


def test_scripts_without_a_suffix_are_known_by_their_first_line(tmp_path: Path) -> None:
    put(tmp_path, "bin/manage", content="#!/usr/bin/env python3\n")
    put(tmp_path, "bin/run", content="#!/bin/sh\n# python\n")
    put(tmp_path, "bin/.hook", content="#!/usr/bin/env python3\n")
    put(tmp_path, "README")
    assert found(tmp_path) == ["bin/manage"]


def test_what_others_wrote_is_left_out(tmp_path: Path) -> None:
    put(
        tmp_path,
        "own.py",
        ".git/a.py",
        ".venv/a.py",
        ".tox/a.py",
        "node_modules/a.py",
        "__pycache__/a.py",
        "env/pyvenv.cfg",
    )
    put(tmp_path, "env/a.py", "lib/site-packages/a.py", "lib/dist-packages/a.py", "__pypackages__/a.py", "venv/own.py")
    put(tmp_path, "conda/conda-meta/history", "conda/lib/a.py")
    assert find_code(tmp_path)[1] == []
    assert found(tmp_path) == ["own.py", "venv/own.py"]


@pytest.mark.parametrize("marker", ["pyproject.toml", "setup.py", "setup.cfg"])
def test_what_the_project_built_is_left_out(tmp_path: Path, marker: str) -> None:
    put(
        tmp_path,
        f"p/{marker}",
        "p/build/lib/a.py",
        "p/build/bdist.linux-x86_64/a.py",
        "p/build/lib.linux-cpython-311/a.py",
    )
    put(tmp_path, "p/dist/app/a.py", "p/build/hooks.py", "p/build/library/a.py")
    names = [name for name in found(tmp_path) if not name.endswith("setup.py")]
    assert names == ["p/build/hooks.py", "p/build/library/a.py"]


def test_folders_called_build_and_dist_elsewhere_are_the_projects_own(tmp_path: Path) -> None:
    put(tmp_path, "pyproject.toml", "app/build/lib/a.py", "app/dist/a.py", "dist/__init__.py", "dist/b.py")
    assert found(tmp_path) == ["app/build/lib/a.py", "app/dist/a.py", "dist/__init__.py", "dist/b.py"]


def test_files_are_found_once_through_links(tmp_path: Path) -> None:
    put(tmp_path, "root/z.py", "outside.py")
    (tmp_path / "root" / "a.py").symlink_to("z.py")
    (tmp_path / "root" / "b.py").symlink_to("../outside.py")
    (tmp_path / "root" / "c.py").symlink_to("../outside.py")
    assert found(tmp_path / "root") == ["b.py", "z.py"]


def test_links_that_cannot_be_followed_are_named(tmp_path: Path) -> None:
    put(tmp_path, "a/b.py")
    (tmp_path / "a" / "up").symlink_to("..")
    (tmp_path / "gone.py").symlink_to("nowhere")
    files, not_checked = find_code(tmp_path)
    assert [file.name for file in files] == ["a/b.py"]
    assert [(Path(entry.what).name, entry.reason) for entry in not_checked] == [
        ("gone.py", "a link that leads nowhere"),
        ("up", "a link that leads in a circle"),
    ]


def test_one_file_is_read_whatever_its_size_and_place(tmp_path: Path) -> None:
    put(tmp_path, "tests/test_a.py")
    path = tmp_path / "tests" / "test_a.py"
    assert find_code(path) == ([CodeFile(path, "test_a.py", is_test=False, asked=True)], [])


@pytest.mark.parametrize(
    "name", ["tests/a.py", "a/test/b.py", "test_a.py", "a/b_test.py", "conftest.py", "app/tests.py"]
)
def test_tests(name: str) -> None:
    assert is_test(PurePath(name))


@pytest.mark.parametrize("name", ["a.py", "testing.py", "contest.py", "latest.py", "testament/a.py", "protest.py"])
def test_no_tests(name: str) -> None:
    assert not is_test(PurePath(name))


def test_tests_are_in_the_list_and_flagged(tmp_path: Path) -> None:
    put(tmp_path, "app.py", "tests/test_app.py")
    assert [(file.name, file.is_test) for file in find_code(tmp_path)[0]] == [
        ("app.py", False),
        ("tests/test_app.py", True),
    ]
