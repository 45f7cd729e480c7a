"""How deep JSON is nested and how long its names are, against what a parser finds."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.guard.json_body import is_deeper, may_have_long

TEXTS = st.text(alphabet='ab[]{}"\\:, é', max_size=12)
VALUES = st.recursive(
    st.none() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=30,
)


def depth_of(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + max(map(depth_of, value.values()), default=0)
    return 1 + max(map(depth_of, value), default=0) if isinstance(value, list) else 0


def strings_in(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(text for one in value.values() for text in strings_in(one))]
    if isinstance(value, list):
        return [text for one in value for text in strings_in(one)]
    return [value] if isinstance(value, str) else []


@given(VALUES, st.integers(1, 30), st.booleans())
def test_depth_is_what_a_parser_finds(value: Any, limit: int, ascii_only: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only).encode()
    assert is_deeper(text, limit) == (depth_of(value) > limit)


@given(VALUES, st.integers(1, 12), st.booleans())
def test_no_long_string_is_missed(value: Any, limit: int, ascii_only: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only).encode()
    if any(len(one) > limit for one in strings_in(value)):
        assert may_have_long(text, limit)


@pytest.mark.parametrize(
    ("text", "long"),
    [
        (b'{"%s": 1}' % (b"a" * 128), False),
        (b'{"%s": 1}' % (b"a" * 129), True),
        (b'{"a": "%s"}' % (b"\\u0061" * 22), True),
        (b"[1, 2, 3]", False),
        (b"", False),
    ],
)
def test_only_texts_with_something_long_are_looked_at_closely(text: bytes, long: bool) -> None:
    assert may_have_long(text, 128) is long


@given(st.binary(max_size=40).map(lambda raw: raw.translate(bytes(b'[]{}"\\ a'[n % 8] for n in range(256)))))
def test_what_is_no_json_is_measured_without_an_error(text: bytes) -> None:
    assert is_deeper(text, 3) in (True, False)


def test_brackets_in_strings_hide_no_depth() -> None:
    assert is_deeper(b'["]]]]", ' * 60 + b"1" + b"]" * 60, 50)
    assert not is_deeper(b'["%s"]' % (b"[" * 200), 50)
