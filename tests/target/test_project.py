"""garrison.toml: one schema, every mistake is an error that names its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from flask_garrison.errors import TargetError
from flask_garrison.target.project import find_project, read_project

GOOD = """
[[ignore]]
rule = "headers.style-attribute"
path = "templates/mail/*"
reason = "mail clients need them"
until = 2030-01-31

[[ignore]]
rule = "headers.javascript-url"
route = "/old"
reason = "goes away"

[[accept]]
what = "templates/latin1.html"
reason = "written by a supplier"
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "garrison.toml"
    file.write_text(text)
    return file


def test_entries_are_read_with_their_lines(tmp_path: Path) -> None:
    project = read_project(written(tmp_path, GOOD))
    assert [(entry.line, entry.rule, entry.path, entry.route) for entry in project.ignores] == [
        (2, "headers.style-attribute", "templates/mail/*", None),
        (8, "headers.javascript-url", None, "/old"),
    ]
    assert project.ignores[0].until == date(2030, 1, 31)
    assert project.ignores[0].words() == "until 2030-01-31, mail clients need them"
    assert [(entry.line, entry.what, entry.reason) for entry in project.accepts] == [
        (13, "templates/latin1.html", "written by a supplier")
    ]


def test_last_day_is_included(tmp_path: Path) -> None:
    entry = read_project(written(tmp_path, GOOD)).ignores[0]
    assert not entry.expired(date(2030, 1, 31))
    assert entry.expired(date(2030, 2, 1))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[ignroe]]\n", "no table 'ignroe'. Did you mean 'ignore'"),
        ("[ignore]\nrule = 'x'\n", r"write \[\[ignore\]\]"),
        ("ignore = 3\n", r"write \[\[ignore\]\]"),
        ("[access]\nname = 'a'\n", r"\[access\] is not in this version"),
        (
            "[[ignore]]\nrule='a.b'\npath='*'\nreason='c'\nutnil=2030-01-01\n",
            ":1: .*no key 'utnil'. Did you mean 'until'",
        ),
        ("[[ignore]]\npath='*'\nreason='c'\n", "needs rule"),
        ("[[ignore]]\nrule='a.b'\npath='*'\n", "needs reason"),
        ("[[ignore]]\nrule='a.b'\npath='*'\nreason=' '\n", "needs reason"),
        ("[[ignore]]\nrule='a.b'\nreason='c'\n", "needs a path or a route"),
        ("[[ignore]]\nrule='a.b'\npath='*'\nreason='c'\nuntil='2030-01-01'\n", "date without quotes"),
        ("[[ignore]]\nrule='a.b'\npath='*'\nreason='c'\nuntil=2030-01-01T00:00:00\n", "date without quotes"),
        ("[[accept]]\nreason='c'\n", "needs what"),
        ("[[accept]\n", "garrison.toml: "),
    ],
)
def test_mistake_is_an_error_that_names_it(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(TargetError, match=words):
        read_project(written(tmp_path, text))


def test_file_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "garrison.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(TargetError, match=r"garrison\.toml"):
        find_project(tmp_path)


def test_nearest_file_above_counts(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert find_project(below).folder == tmp_path.resolve()


def test_search_ends_at_the_repository(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    project = find_project(tmp_path / "repository")
    assert project.file is None
    assert project.ignores == ()


def test_the_mark_that_editors_on_windows_begin_a_file_with(tmp_path: Path) -> None:
    file = tmp_path / "garrison.toml"
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert [entry.line for entry in read_project(file).ignores] == [2, 8]
