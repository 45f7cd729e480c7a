"""Which patterns can take exponential time, held against the engine itself."""

from __future__ import annotations

import pytest

from flask_garrison.audit.code.patterns.ambiguity import is_exponential

HOPELESS = [
    r"^(a+)+$",
    r"(a*)*b",
    r"^(a|aa)+$",
    r"^([a-zA-Z0-9]+\s?)*$",
    r"(x+x+)+y",
    r"^(([a-z])+.)+[A-Z]([a-z])+$",
    r"^(?:\d{1,3},?)*$",
    r"^(.*,)*x$",
    r"(?:[^,]+,*)+;",
    r"^(a?b?c*)*$",
    r"(?=(a+)+$)x",
    r"^(a{1,40})+$",
    r"^(?:[a-z]+|[0-9a-f]+)*;",
]
LINEAR = [
    r"^[a-z]+$",
    r"^(\d{1,3}\.){3}\d{1,3}$",
    r"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$",
    r"(a+)+",
    r"^[a-z]+(-[a-z]+)*$",
    r"^\w+([.-]\w+)*@\w+\.\w+$",
    r"^(?:[a-z]+ )*[a-z]+$",
    r"^(ab|cd)*$",
    r"^(?:[^,;]+[,;])*end$",
    r"^([A-Z][a-z]*)+$",
    r"(?>a+)+$",
    r"^(a++)+$",
    r"^#?([a-f0-9]{6}|[a-f0-9]{3})$",
    r"^\s*(\w+)\s*=\s*(.*)$",
    # The parser makes one set of alternatives of one character.
    r"^(?:a|b|[ab])+$",
    r"^(\w|\d)+!",
    "(",
    "(a+)+b" + "c" * 300,
]


@pytest.mark.parametrize("pattern", HOPELESS)
def test_two_ways_through_a_loop_double_with_every_repetition(pattern: str) -> None:
    assert is_exponential(pattern)


@pytest.mark.parametrize("pattern", LINEAR)
def test_one_way_does_not(pattern: str) -> None:
    assert not is_exponential(pattern)


def test_a_whole_match_can_fail_behind_a_loop_at_the_end() -> None:
    assert not is_exponential(r"(a+)+")
    assert is_exponential(r"(a+)+", 0, True)
