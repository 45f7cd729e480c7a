"""Bodies are read as people and programs read them, whatever coding their words are in."""

from __future__ import annotations

import html
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.audit.answers.leaks import forms_of, shows_traceback
from tests.audit.answers.support import answer

TRACE = 'Traceback (most recent call last):\n  File "/srv/shop/views.py", line 7, in buy'


@pytest.mark.parametrize(
    "body",
    [
        TRACE,
        html.escape(TRACE),
        json.dumps({"error": TRACE}),
        '<span>File "/srv/shop/views.py"</span>, <em>line 7</em>',
        html.escape(json.dumps(TRACE)),
    ],
)
def test_tracebacks_in_every_dress(body: str) -> None:
    assert shows_traceback(answer("/", status=500, body=body.encode()))


@given(st.binary(max_size=400))
def test_any_body_can_be_read(body: bytes) -> None:
    assert body.decode("utf-8", "replace") in forms_of(body)


@given(st.text(alphabet=st.characters(categories=("L", "N", "Zs")), max_size=200))
def test_honest_words_are_no_traceback(text: str) -> None:
    assert not shows_traceback(answer("/", status=500, body=text.encode()))
