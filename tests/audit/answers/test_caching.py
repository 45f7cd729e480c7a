"""What caches may do with an answer (RFC 9111)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.audit.answers.caching import cache_control, is_shared, is_withheld, vary
from tests.audit.answers.support import answer


def with_control(value: str, **more: object) -> object:
    return answer("/", ("Cache-Control", value), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "shared"),
    [
        ("public", True),
        ("max-age=60", True),
        ('max-age="60"', True),
        ("max-age=60, max-age=0", True),
        ("max-age=0, s-maxage=60", True),
        ("max-age=60, s-maxage=0", False),
        ("public, max-age=0", False),
        ("private, max-age=60", False),
        ("no-store, public", False),
        ("no-cache, max-age=60", False),
        ("max-age=soon", False),
        ("", False),
    ],
)
def test_shared_caches(value: str, shared: bool) -> None:
    assert is_shared(with_control(value)) is shared  # type: ignore[arg-type]


def test_public_means_nothing_for_a_status_that_is_not_kept() -> None:
    assert not is_shared(with_control("public", status=302))  # type: ignore[arg-type]


def test_names_in_vary() -> None:
    assert vary(answer("/", ("Vary", "Cookie, accept-encoding"), ("Vary", "Origin"))) == {
        "cookie",
        "accept-encoding",
        "origin",
    }
    assert is_withheld(answer("/", ("Vary", "*"), ("Cache-Control", "public")))


@given(st.text(alphabet=st.characters(codec="ascii", exclude_characters="\r\n"), max_size=100))
def test_what_is_withheld_is_never_shared(value: str) -> None:
    one = with_control(value)
    assert not (is_withheld(one) and is_shared(one))  # type: ignore[arg-type]
    assert all(name == name.lower() for name in cache_control(one))  # type: ignore[arg-type]
