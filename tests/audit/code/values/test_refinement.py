"""Proofs: they take taint away and never add any, and what holds behind two ways holds on both."""

from __future__ import annotations

from functools import reduce
from operator import or_

from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.audit.code.values import refinement
from flask_garrison.audit.code.values.facts import EMPTY, lacks
from flask_garrison.audit.code.values.objects import Mapping, Sequence, emptiness, held_as
from flask_garrison.audit.code.values.refinement import (
    Change,
    Refinement,
    by_itself,
    changes_between,
    common,
    merged,
    proved_by_ways,
)
from flask_garrison.audit.code.values.taint import ALL, LETTERS, TEXT, WEAK, Use, both
from flask_garrison.audit.code.values.value import EITHER, FALSE, NONE, TRUE, Value, constant, truth

Answer = refinement.Test
OPERATIONS = ("same", "text", "case", "strip", "slice", "normal", "host", "changed", "element", "cleaned")
uses = st.integers(0, ALL)
facts = st.frozensets(st.sampled_from([EMPTY, lacks("'"), lacks("<"), lacks("\n"), ("begins", "/a")]), max_size=3)


@st.composite
def chains(draw: st.DrawFn) -> list[Value]:
    """Values of which each was made of the one before."""
    values = [Value(draw(st.sampled_from([TEXT, ALL, TEXT << WEAK])))]
    for operation in draw(st.lists(st.sampled_from(OPERATIONS), max_size=4)):
        base = values[-1]
        values.append(Value(base.taint, derived=(operation, base, None)))
    return values


@st.composite
def changes_of(draw: st.DrawFn, values: list[Value]) -> list[Change]:
    one = st.builds(Change, st.sampled_from(values), uses, facts, st.none(), uses)
    return draw(st.lists(one, max_size=4))


def certain(taint: int) -> int:
    """Return every use that taint is dangerous for, surely or perhaps."""
    return (taint | taint >> WEAK) & ALL


@given(st.data())
def test_a_proof_never_adds_taint(data: st.DataObject) -> None:
    values = data.draw(chains())
    refined = Refinement().apply(data.draw(changes_of(values)))
    for value in values:
        assert certain(refined.taint(value)) & ~certain(value.taint) == 0
        assert refined.taint(value) & ~value.taint & ALL == 0


@given(st.data())
def test_what_holds_behind_two_ways_holds_on_both(data: st.DataObject) -> None:
    values = data.draw(chains())
    first = Refinement().apply(data.draw(changes_of(values)))
    second = Refinement().apply(data.draw(changes_of(values)))
    after = merged(first, second)
    for value in values:
        assert certain(after.resolve(value).taint) & certain(first.resolve(value).taint) == certain(
            first.resolve(value).taint
        )
        assert certain(after.resolve(value).taint) & certain(second.resolve(value).taint) == certain(
            second.resolve(value).taint
        )


@given(st.data())
def test_what_two_tests_share_is_no_more_than_either_says(data: st.DataObject) -> None:
    value = Value(TEXT)
    sides = [data.draw(changes_of([value])), data.draw(changes_of([value]))]
    for shared in common(tuple(sides[0]), tuple(sides[1])):
        for side in sides:
            assert shared.uses & ~reduce(or_, [one.uses for one in side]) == 0
            assert shared.facts <= frozenset().union(*[one.facts for one in side])


@given(uses)
def test_the_changes_between_two_states_lead_from_one_to_the_other(gone: int) -> None:
    value = Value(TEXT)
    before = Refinement()
    after = before.apply([Change(value, gone & LETTERS, frozenset({lacks("'")}))])
    again = Refinement().apply(changes_between(before, after))
    assert again.taint(value) == after.taint(value)
    assert again.resolve(value).facts == after.resolve(value).facts


def test_copies_share_what_is_proved() -> None:
    value = Value(TEXT)
    copy = Value(TEXT, derived=("same", value, None))
    assert not Refinement().apply([Change(copy, LETTERS)]).taint(value) & Use.SQL
    assert not Refinement().apply([Change(value, LETTERS)]).taint(copy) & Use.SQL


def test_a_slice_and_a_part_prove_nothing_of_the_whole() -> None:
    value = Value(TEXT)
    for operation in ("slice", "part", "element"):
        part = Value(TEXT, derived=(operation, value, None))
        assert Refinement().apply([Change(part, LETTERS)]).taint(value) & Use.SQL, operation


def test_what_was_changed_first_is_only_perhaps_proved() -> None:
    value = Value(TEXT)
    other = Value(TEXT, derived=("changed", value, None))
    left = Refinement().apply([Change(other, Use.SQL)]).taint(value)
    assert not left & Use.SQL
    assert left & both(Use.SQL)


def test_letters_that_were_taken_out_count() -> None:
    value = Value(TEXT)
    for letter, dangerous in (("_", False), ("'", True)):
        for operation in ("changed", "strip"):
            other = Value(TEXT, derived=(operation, value, frozenset(letter)))
            assert bool(Refinement().apply([Change(other, LETTERS)]).taint(value) & both(Use.SQL)) is dangerous


def test_a_value_that_tells_which_way_was_taken() -> None:
    value = Value(TEXT)
    base = Refinement()
    checked = base.apply([Change(value, Use.SQL)])
    test = proved_by_ways(base, [(True, None, checked), (False, None, base)])
    assert test is not None
    assert [change.uses for change in test.when_true] == [Use.SQL]
    assert test.when_false == ()
    assert proved_by_ways(base, [(True, None, base), (False, None, base)]) is None
    unsure = proved_by_ways(base, [(None, None, checked), (None, None, base)])
    assert unsure is None


def test_a_test_of_its_own_counts_beside_the_way() -> None:
    value = Value(TEXT)
    base = Refinement()
    test = Answer((Change(value, Use.SQL),), ())
    both_ways = proved_by_ways(base, [(None, test, base), (False, None, base)])
    assert both_ways == Answer((Change(value, Use.SQL),), ())
    assert test.negated().when_false == test.when_true


def test_an_empty_text_is_harmless() -> None:
    value = Value(TEXT)
    (change,) = by_itself(value).when_false
    assert (change.uses, change.facts) == (LETTERS, frozenset({EMPTY}))


def test_truth_of_containers() -> None:
    item = constant("a")
    assert truth(Value(refs=(Sequence(),))) is False
    assert truth(Value(refs=(Sequence((item,)),))) is True
    assert truth(Value(refs=(Sequence((), item),))) is None
    assert truth(Value(refs=(Sequence((), None, "generator"),))) is True
    assert truth(Value(refs=(Mapping(),))) is False
    assert truth(Value(refs=(Mapping({"a": item}),))) is True
    assert truth(Value(refs=(Sequence(), Sequence((item,))))) is None
    assert emptiness(held_as(((), item), truth=True)) == (True, None)


def test_truth_of_constants() -> None:
    assert [truth(value) for value in (NONE, FALSE, TRUE, EITHER, constant(""), constant("a"))] == [
        False,
        False,
        True,
        None,
        False,
        True,
    ]
