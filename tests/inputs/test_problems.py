"""Words of problems are ours, whatever the kind of error; places are pointers or names."""

from __future__ import annotations

from typing import get_args

import pytest
from pydantic_core import core_schema

from flask_garrison.inputs.problems import OTHER_WORDS, hide_strange, pointer, problem, unknown, words_for


def test_a_pointer_is_escaped() -> None:
    assert pointer(("a/b", "c~d", 0)) == "/a~1b/c~0d/0"
    assert pointer(()) == ""


def test_a_key_that_nobody_declared_is_hidden() -> None:
    assert hide_strange(("scores", "hunter2", 3), {"scores"}) == ("scores", "*", 3)


@pytest.mark.parametrize("kind", get_args(core_schema.ErrorType))
def test_no_kind_of_error_quotes_what_pydantic_says(kind: str) -> None:
    context = dict.fromkeys(("error", "tag", "actual_length", "input", "class", "pattern", "expected"), "hunter2")
    assert "hunter2" not in words_for(kind, context)


@pytest.mark.parametrize(
    ("kind", "context", "words"),
    [
        ("string_too_long", {"max_length": 9}, "Must have at most 9 characters."),
        ("string_too_long", {}, OTHER_WORDS),
        ("int_parsing", {}, "A whole number is expected."),
        ("datetime_from_date_parsing", {}, "A date with a time is expected."),
        ("value_error", {"error": "x"}, OTHER_WORDS),
    ],
)
def test_words_follow_the_kind(kind: str, context: dict[str, object], words: str) -> None:
    assert words_for(kind, context) == words


def test_a_problem_says_where() -> None:
    assert problem("json", "missing", ("a", 0)).as_dict()["pointer"] == "/a/0"
    assert problem("form", "missing", ("a", 0)).as_dict()["name"] == "a.0"
    assert "is_admin" not in str(unknown("json", (), "is_admin").as_dict())
    assert unknown("json", ("a",), "k" * 100).parameter == "a." + "k" * 64
