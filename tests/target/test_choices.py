"""``[target]`` of ``garrison.toml``."""

from __future__ import annotations

import pytest

from flask_garrison.errors import TargetError
from flask_garrison.target.choices import Choices, choices_from_table


def test_table_is_read() -> None:
    table = {"skip": ["/old*"], "include": ["auth.logout"], "addresses": ["/items/42?full=1"]}
    assert choices_from_table("[target]", table) == Choices(
        skip=("/old*",), include=("auth.logout",), addresses=("/items/42?full=1",)
    )


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ([], "one table"),
        ({"skips": []}, "Did you mean 'skip'"),
        ({"skip": "/old"}, "skip is a list of texts"),
        ({"include": [""]}, "include is a list of texts"),
        ({"include": [1]}, "include is a list of texts"),
        ({"addresses": ["items/42"]}, "not 'items/42'"),
        ({"addresses": ["//elsewhere.example/"]}, "not '//elsewhere.example/'"),
    ],
)
def test_mistake_is_an_error_that_names_it(table: object, words: str) -> None:
    with pytest.raises(TargetError, match=words):
        choices_from_table("[target]", table)
