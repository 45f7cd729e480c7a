"""Limits are read as they are written by people, or refused."""

from __future__ import annotations

from typing import Any

import pytest
from limits import parse_many

from flask_garrison import Policy, PolicyError

RIGHT: list[tuple[Any, tuple[str, ...]]] = [
    ("100 per minute", ("100 per minute",)),
    ("10/second; 1000/Hour", ("10/second", "1000/hour")),
    (["5 per 15 minutes", "1/day"], ("5 per 15 minutes", "1/day")),
    ((), ()),
    ("", ()),
]
WRONG: list[tuple[str, Any, str]] = [
    ("rate_limit", "many per minute", "is not a limit such as"),
    ("rate_limit", "0 per minute", "is not a limit such as"),
    ("rate_limit", "10 per fortnight", "is not a limit such as"),
    ("rate_limit", 10, "is not a list of limits"),
    ("rate_limit", ["10/minute", None], "is not a limit such as"),
    ("failed_logins_per_account", "10/minute; 5/hour", "is not a limit such as"),
    ("failed_logins_per_client", None, "is not a limit such as"),
    ("limit_storage", "redsi://localhost", "Did you mean 'redis'?"),
    ("limit_storage", "localhost:6379", "is not a URL"),
    ("limit_storage_failure", "allow", "is not one of"),
    ("session_idle_seconds", 604_801, "longer than session_absolute_seconds"),
]


@pytest.mark.parametrize(("value", "stored"), RIGHT)
def test_limits_are_split_and_kept(value: Any, stored: tuple[str, ...]) -> None:
    assert Policy(rate_limit=value).rate_limit == stored


@pytest.mark.parametrize("text", ["100 per minute", "10/second", "5 per 15 minutes", "1/day", "2 per 3 hours"])
def test_the_library_reads_what_the_policy_accepts(text: str) -> None:
    assert len(parse_many(Policy(failed_logins_per_client=text).failed_logins_per_client)) == 1


@pytest.mark.parametrize(("name", "value", "words"), WRONG)
def test_what_is_wrong_is_an_error_in_words(name: str, value: Any, words: str) -> None:
    with pytest.raises(PolicyError) as caught:
        Policy(**{name: value})
    assert caught.value.key == name
    assert words in str(caught.value)


def test_a_storage_that_is_wrong_does_not_put_its_password_into_the_error() -> None:
    with pytest.raises(PolicyError) as caught:
        Policy(limit_storage="mongo://user:hunter2@db/0")
    assert "hunter2" not in str(caught.value)
