"""Words from elsewhere: what is printed in a CI is no command to its runner, and JSON stays the same JSON."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.report.printable import no_commands

COMMAND = re.compile(r"^\s*::|##\[", re.MULTILINE)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("::error::a", r"\u003a:error::a"),
        ("a\n  \u00a0::set-output name=a::b", "a\n  \u00a0\\u003a:set-output name=a::b"),
        ("GET /a::b", "GET /a::b"),
        ("a ##[add-mask]b ###[c]", r"a \u0023#[add-mask]b #\u0023#[c]"),
    ],
)
def test_commands_of_a_runner_are_spelt_out(text: str, printed: str) -> None:
    assert no_commands(text) == printed


@given(st.text(alphabet=":# [a\n\t"))
def test_nothing_that_is_printed_is_a_command(text: str) -> None:
    assert not COMMAND.search(no_commands(text))


@given(st.dictionaries(st.text(alphabet=':# [a\n"\\'), st.text(alphabet=':# [a\n"\\')))
def test_json_says_the_same_afterwards(data: dict[str, str]) -> None:
    assert json.loads(no_commands(json.dumps(data, indent=2))) == data
