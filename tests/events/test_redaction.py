"""No secret and no control character reaches a log."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.events import SecurityEvent, Words
from flask_garrison.events.redaction import MAX_TEXT, REDACTED, clean

SECRETS = [
    {"password": "hunter2"},
    {"user[password]": "hunter2"},
    {"Authorization": "Bearer hunter2"},
    {"X-Api-Key": "hunter2"},
    {"session_id": "hunter2"},
    {"nested": {"refresh_token": "hunter2"}},
    {"list": [{"otp": "hunter2"}]},
    {"url": "https://shop.example/?token=hunter2&a=b"},
    {"url": "https://ada:hunter2@shop.example/"},
    {"text": "Authorization: Basic hunter2"},
    {"text": "password=hunter2"},
    {"text": "the db_password: hunter2"},
    {"jwt": "eyJhbGciOiJIUzI1NiJ9.hunter2.signature"},
    {"cookies": ["hunter2"]},
]


@pytest.mark.parametrize("detail", SECRETS)
def test_a_secret_is_replaced(detail: dict[str, object]) -> None:
    text = json.dumps(clean(detail))
    assert "hunter2" not in text
    assert REDACTED in text


@pytest.mark.parametrize(
    "text",
    [
        "publickey-credentials-get=(self)",
        "spin the tokenizer",
        "passenger",
        "compass: north",
        "pinned: 3",
        "a=b",
        "12:30",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert clean(text) == text


def test_counts_and_flags_under_a_secret_name_stay() -> None:
    assert clean({"tokens": 3, "password": None}) == {"tokens": 3, "password": None}


def test_a_line_that_garrison_composed_stays() -> None:
    assert clean(Words('allow_insecure_csrf=["hook"]')) == 'allow_insecure_csrf=["hook"]'


@given(
    st.recursive(
        st.text() | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_an_event_is_always_one_line_of_ascii(value: object) -> None:
    event = SecurityEvent(
        event="sys_crash", control="monitoring.error-events", outcome="error", app="shop", detail={"value": value}
    )
    line = event.as_json()
    assert line.isascii()
    assert line.isprintable()
    json.loads(line)


@given(st.text(max_size=5_000))
def test_text_has_no_control_character_and_a_bounded_length(text: str) -> None:
    result = str(clean(text))
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 or char in "\u2028\u2029\u202e" for char in result)
    assert len(result) <= 12 * MAX_TEXT


def test_a_long_hostile_text_is_cleaned_in_linear_steps() -> None:
    hostile = "token" * 100_000
    assert len(str(clean(hostile))) < 3_000


def test_deep_and_wide_values_are_cut_and_say_so() -> None:
    deep: dict[str, object] = {}
    inner = deep
    for _ in range(50):
        inner["a"] = inner = {}  # type: ignore[assignment]
    assert "[deeper]" in json.dumps(clean(deep))
    assert "[50 more]" in json.dumps(clean(list(range(100))))
