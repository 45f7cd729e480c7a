"""The arithmetic of limits and windows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.guard.limits.windows import Limit, Window, limit_of, limits_of
from flask_garrison.policy import rate_checks


@pytest.mark.parametrize(
    ("text", "amount", "seconds"),
    [
        ("10 per 15 minutes", 10, 900),
        ("5/second", 5, 1),
        ("100 per hour", 100, 3_600),
        ("1 per 2 days", 1, 172_800),
        ("7/month", 7, 2_592_000),
    ],
)
def test_a_limit_is_read(text: str, amount: int, seconds: int) -> None:
    assert limit_of(text)[:2] == (amount, seconds)


@given(st.integers(1, 999_999_999), st.sampled_from(["/", " per "]), st.integers(0, 999_999), st.sampled_from("sm"))
def test_every_limit_that_the_policy_accepts_can_be_read(amount: int, word: str, times: int, unit: str) -> None:
    text = f"{amount}{word}{times} {'second' if unit == 's' else 'minutes'}"
    assert limits_of([rate_checks.rate("rate_limit", text)])[0].amount == amount


@given(st.integers(1, 50), st.integers(1, 5_000), st.integers(0, 50), st.integers(0, 50), st.floats(0, 1))
def test_after_the_wait_one_more_is_allowed(amount: int, seconds: int, before: int, now: int, part: float) -> None:
    limit = Limit(amount, seconds, "")
    window = Window(min(before, amount), part * seconds, min(now, amount), part * seconds)
    wait = window.wait(limit)
    left = window.current_left - wait
    if left > 0:
        after = Window(window.previous, left, window.current, left)
    else:
        after = Window(window.current, max(0.0, left + seconds), 0, max(0.0, left + seconds))
    assert after.weight(limit) < amount
    assert 1 <= wait <= 2 * seconds + 1
