"""Where in a script an expression stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.audit.code.jinja.scripts import CODE, REGEX, TEMPLATE, Script


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("a = ", CODE),
        ("a = 'x", "'"),
        ("a = 'x'", CODE),
        ("a = \"it's", '"'),
        (r"a = 'x\'", "'"),
        (r"a = 'x\\'", CODE),
        ("a = 'x\ny", CODE),
        ("// it's", "//"),
        ("// it's\n", CODE),
        ("/* it's */ a", CODE),
        ("/* it's", "/*"),
        ("`a ${b", CODE),
        ("`a ${ {c: 1} }", TEMPLATE),
        ("`a ${ `b ${ '}' }` } c", TEMPLATE),
        ("`a` + ", CODE),
        ("x = /['\"]/.test(y); z = ", CODE),
        ("x = a / b / c + '", "'"),
        ("return /'/.test(", CODE),
        ("(a) / 2 + '", "'"),
        ("x = /[/'](", REGEX),
        ("if (a) { b('", "'"),
        ("a = 1; // c\n/'/.x", CODE),
    ],
)
def test_mode(text: str, mode: str) -> None:
    assert Script().feed(text).mode == mode


def test_an_expression_is_a_value() -> None:
    assert Script().feed("x = ").hole().feed(" / 2 + '").mode == "'"
    assert Script().feed("x = '").hole().feed("' + ").mode == CODE


@given(st.text(alphabet="ab'\"`${}/*\\\n() =", max_size=40), st.integers(0, 40))
def test_pieces_of_code_may_end_anywhere_outside_of_signs(text: str, cut: int) -> None:
    state = Script().feed(text[:cut]).feed(text[cut:])
    assert state.mode in (CODE, TEMPLATE, REGEX, "'", '"', "//", "/*")
