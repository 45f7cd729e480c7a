"""Texts that are put together: Python's own result for constants, and for each hole what stands around it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.audit.code.values.pieces import HOLE, beginning, concatenated, holes, text_of
from flask_garrison.audit.code.values.taint import ALL
from flask_garrison.audit.code.values.value import Either, Value, constant, join

texts = st.text("ab '%/", max_size=4)
parts = st.lists(st.one_of(texts, st.none()), max_size=8)
"""What a text is made of; ``None``: a client's text."""


def made(items: list[str | None]) -> Value:
    """Return the text made of some parts."""
    return concatenated([Value(ALL) if item is None else constant(item) for item in items], None)


@given(st.lists(texts, min_size=1, max_size=8))
def test_constants_give_what_python_gives(items: list[str]) -> None:
    assert made(list(items)).consts == ("".join(items),)


@given(st.lists(st.one_of(texts, st.integers(), st.booleans()), min_size=1, max_size=4))
def test_numbers_are_written_as_python_writes_them(items: list[object]) -> None:
    whole = concatenated([constant(""), *map(constant, items)], None)
    assert whole.consts == ("".join(map(str, items)),)


@given(parts)
def test_the_text_shows_a_hole_for_each_unknown_part(items: list[str | None]) -> None:
    whole = made(items)
    if None in items:
        assert text_of(whole) == "".join(HOLE if item is None else item for item in items)


@given(parts)
def test_each_hole_knows_what_stands_around_it(items: list[str | None]) -> None:
    if None not in items:
        return
    shown = "".join(HOLE if item is None else item for item in items)
    found = list(holes(made(items)))
    assert len(found) == items.count(None)
    for hole in found:
        assert hole.before + HOLE + hole.after == shown


@given(parts, parts)
def test_texts_of_texts_are_flat(first: list[str | None], second: list[str | None]) -> None:
    nested = concatenated([made(first), made(second)], None)
    flat = made([*first, *second])
    if None in (*first, *second):
        assert text_of(nested) == text_of(flat)
    assert nested.taint == flat.taint


@given(parts)
def test_taint_is_that_of_the_parts(items: list[str | None]) -> None:
    assert made(items).taint == (ALL if None in items else 0)


def test_alternatives_are_judged_each_by_itself() -> None:
    name = Value(ALL)
    quoted = concatenated([constant("'"), name, constant("'")], None)
    whole = concatenated([constant("a = "), join(quoted, constant("1"))], None)
    assert any(isinstance(piece, Either) for piece in whole.pieces or ())
    assert [(hole.before, hole.after) for hole in holes(whole) if hole.value is name] == [("a = '", "'")]


@given(texts.filter(bool), parts)
def test_a_text_begins_with_its_first_constant(first: str, items: list[str | None]) -> None:
    assert beginning(made([first, *items])).startswith(first)
