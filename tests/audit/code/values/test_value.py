"""Values: joining two is the same in either order, loses no danger, and knows what both know."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.audit.code.values.facts import lacks
from flask_garrison.audit.code.values.objects import Sequence
from flask_garrison.audit.code.values.taint import ALL, Use, both, possible, weak, without
from flask_garrison.audit.code.values.value import MAX_CONSTANTS, NONE, UNKNOWN, Value, constant, join, truth

constants = st.one_of(st.none(), st.booleans(), st.integers(-3, 3), st.sampled_from(["", "a", "b", "-x"]))
values = st.builds(
    Value,
    taint=st.sampled_from([0, Use.SQL, Use.HTML, ALL, weak(ALL), weak(Use.SQL)]),
    consts=st.one_of(st.none(), st.lists(constants, min_size=1, max_size=3, unique_by=repr).map(tuple)),
    facts=st.frozensets(st.sampled_from([lacks("/"), lacks("'"), ("begins", "/")])),
)


def known(value: Value) -> set[str] | None:
    """Return the constants as a set, types told apart."""
    return None if value.consts is None else {repr(item) for item in value.consts}


@given(values, values)
def test_join_is_the_same_in_either_order(first: Value, second: Value) -> None:
    one, other = join(first, second), join(second, first)
    assert one.taint == other.taint
    assert one.facts == other.facts
    assert known(one) == known(other)


@given(values, values, values)
def test_join_of_three_is_the_same_in_either_grouping(first: Value, second: Value, third: Value) -> None:
    one, other = join(join(first, second), third), join(first, join(second, third))
    assert (one.taint, one.facts) == (other.taint, other.facts)


@given(values, values)
def test_join_keeps_every_danger_and_only_what_both_prove(first: Value, second: Value) -> None:
    whole = join(first, second)
    assert whole.taint == first.taint | second.taint
    assert whole.facts == first.facts & second.facts


@given(values)
def test_join_with_itself_is_itself(value: Value) -> None:
    assert join(value, value) is value


@given(st.lists(constants, min_size=1, max_size=12, unique_by=repr))
def test_join_of_constants_knows_each_of_a_few(items: list[object]) -> None:
    whole = constant(items[0])
    for item in items[1:]:
        whole = join(whole, constant(item))
    few = len(items) <= MAX_CONSTANTS
    assert known(whole) == ({repr(item) for item in items} if few else None)


def test_join_with_the_unknown_is_unknown() -> None:
    assert join(constant("a"), UNKNOWN).consts is None
    assert join(NONE, constant(False)).consts == (None, False)


def test_join_tells_true_from_one() -> None:
    assert known(join(constant(1), constant(True))) == {"1", "True"}
    assert constant(1).could_be(1)
    assert not constant(1).could_be(True)
    assert not join(constant("a"), constant("b")).is_only("a")


@given(st.lists(constants, min_size=1, max_size=4, unique_by=repr))
def test_truth_is_known_where_every_constant_agrees(items: list[object]) -> None:
    kinds = {bool(item) for item in items}
    assert truth(Value(consts=tuple(items))) == (kinds.pop() if len(kinds) == 1 else None)


def test_truth_of_objects() -> None:
    assert truth(UNKNOWN) is None
    assert truth(Value(refs=(Sequence((UNKNOWN,)),))) is True
    assert truth(Value(taint=ALL)) is None


@given(st.integers(0, ALL), st.integers(0, ALL))
def test_uncertain_taint_is_taken_away_with_the_certain_one(taint: int, uses: int) -> None:
    assert not possible(without(taint | weak(taint), uses), uses)
    assert weak(weak(taint)) == weak(taint)
    assert both(uses) == uses | weak(uses)
