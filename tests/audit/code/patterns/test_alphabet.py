"""What a pattern says of the texts that it matches, held against Python's own engine."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from flask_garrison.audit.code.patterns.alphabet import group, literal, matched, single
from flask_garrison.audit.code.patterns.characters import letters
from flask_garrison.audit.code.values.taint import Use

PIECES = st.sampled_from(
    [
        "a",
        "Z",
        "-",
        r"\d",
        r"\w",
        r"\s",
        r"\S",
        ".",
        "[a-f]",
        "[^a-f]",
        r"[\w.-]",
        "[^\\W_]",
        r"\.",
        "k",
        "(?:b|c)",
        "(?i:q)",
    ]
)
REPEATS = st.sampled_from(["", "", "*", "+", "?", "{1,3}", "{2}", "+?"])
PARTS = st.tuples(PIECES, REPEATS).map("".join)
SEQUENCES = st.lists(PARTS, min_size=1, max_size=4).map("".join)
PATTERNS = st.one_of(SEQUENCES, st.lists(SEQUENCES, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"))
FLAGS = st.sampled_from([0, re.IGNORECASE, re.ASCII, re.DOTALL, re.IGNORECASE | re.ASCII])


@settings(max_examples=400, deadline=None)
@given(PATTERNS, FLAGS, st.data())
def test_a_text_that_matches_has_no_other_character(pattern: str, flags: int, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(re.compile(pattern, flags), fullmatch=True))
    found = matched(pattern, flags)
    assert found is not None
    ascii_letters = {letter for letter in text if ord(letter) < 128}
    assert ascii_letters <= letters(found.characters)
    if text and ord(text[0]) < 128:
        assert text[0] in letters(found.first)
    assert found.longest is None or len(text) <= found.longest
    assert text.startswith(found.prefix)


@settings(max_examples=300, deadline=None)
@given(PATTERNS, st.sampled_from(["^{}$", r"\A{}\Z", "^{}", "{}$", "{}"]), st.text("aZ-.\n 1kq;'", max_size=8))
def test_an_anchored_match_is_of_the_whole_text(inner: str, frame: str, text: str) -> None:
    pattern = frame.format(inner)
    found = matched(pattern)
    assume(found is not None)
    assert found is not None
    if re.search(pattern, text) and found.from_start and found.to_end:
        rest = text.removesuffix("\n") if found.line_break else text
        assert set(rest) <= letters(found.characters)


@pytest.mark.parametrize(
    ("pattern", "start", "end", "line_break"),
    [
        ("[a-z]+", False, False, False),
        ("^[a-z]+$", True, True, True),
        (r"^[a-z]+\Z", True, True, False),
        ("^a|b$", False, False, False),
        ("^(?:a|b)$", True, True, True),
        ("(?:^a$)|(?:^b$)", True, True, True),
        ("(?m)^a$", False, False, False),
        (r"(?=a)\Aab\Z", True, True, False),
    ],
)
def test_anchors(pattern: str, start: bool, end: bool, line_break: bool) -> None:
    found = matched(pattern)
    assert found is not None
    assert (found.from_start, found.to_end, found.line_break) == (start, end, line_break)


def test_what_follows_for_uses() -> None:
    word, host, path = matched("[a-z]{1,20}"), matched("[a-z.-]+"), matched(r"(?!.*\.\.)[\w./]+")
    assert word is not None and host is not None and path is not None
    assert word.uses() & Use.SQL and word.uses() & Use.SHELL and word.uses() & Use.ARGUMENT and word.uses() & Use.LONG
    assert host.uses() & Use.SHELL and not host.uses() & Use.ARGUMENT and not host.uses() & Use.LONG
    assert path.absent == {".."}


def test_groups_sets_and_literals() -> None:
    number = group(r"id=(\d+)&name=(?P<name>.*)", 0, 1)
    name = group(r"id=(\d+)&name=(?P<name>.*)", 0, "name")
    assert number is not None and name is not None
    assert letters(number.characters) == set("0123456789")
    assert "'" in letters(name.characters)
    assert letters(single(r"[\r\n]+")) == {"\r", "\n"}
    assert single("ab") == 0
    assert letters(single("a|b")) == {"a", "b"}
    assert (literal(r"\.\."), literal("a+")) == ("..", "")
    assert matched("(") is None
