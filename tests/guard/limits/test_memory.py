"""Counters in memory: exact, bounded, deaf to the wall clock."""

from __future__ import annotations

import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flask_garrison import Policy
from flask_garrison.guard.limits.memory import MemoryCounters
from flask_garrison.guard.limits.windows import EMPTY, limit_of

TEN = limit_of("10 per 15 minutes")


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def hits(counters: MemoryCounters, key: str, times: int) -> list[bool]:
    return [counters.hit(TEN, key) for _ in range(times)]


def test_ten_are_allowed_and_the_window_slides(clock: Clock) -> None:
    counters = MemoryCounters(100, clock)
    assert hits(counters, "k", 12) == [True] * 10 + [False] * 2
    clock.now += 900
    assert not counters.hit(TEN, "k")
    clock.now += 450
    assert hits(counters, "k", 6) == [True] * 5 + [False]
    clock.now += 1_800
    assert counters.look(TEN, "k").weight(TEN) == 0


def test_the_wait_is_exact(clock: Clock) -> None:
    counters = MemoryCounters(100, clock)
    hits(counters, "k", 10)
    clock.now += counters.look(TEN, "k").wait(TEN)
    assert counters.hit(TEN, "k")


def test_what_is_given_back_can_be_taken_again(clock: Clock) -> None:
    counters = MemoryCounters(100, clock)
    hits(counters, "k", 10)
    counters.give_back(TEN, "k")
    assert hits(counters, "k", 2) == [True, False]
    clock.now += 900
    counters.give_back(TEN, "k")
    assert counters.look(TEN, "k").previous == 9
    counters.clear(TEN, "k")
    counters.clear(TEN, "k")
    counters.give_back(TEN, "k")
    assert (counters.look(TEN, "k"), len(counters)) == (EMPTY, 0)


def test_a_wall_clock_that_jumps_neither_opens_nor_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    counters = MemoryCounters(100)
    hits(counters, "guesser", 10)
    hits(counters, "honest", 1)
    for jump in (10**9, -(10**9)):
        monkeypatch.setattr(time, "time", lambda jump=jump: 1_000_000_000 + jump)
        assert not counters.hit(TEN, "guesser")
        assert counters.look(TEN, "honest").remaining(TEN) == 9


def test_a_flood_of_keys_is_bounded_and_does_not_flush_a_guesser(clock: Clock) -> None:
    counters = MemoryCounters(Policy().max_limit_keys, clock)
    hits(counters, "guesser", 9)
    for number in range(100_000):
        counters.hit(TEN, f"fresh{number}")
    assert len(counters) == Policy().max_limit_keys
    assert sum(len(keys) for keys in counters._ranks.values()) == len(counters)
    assert hits(counters, "guesser", 2) == [True, False]


def test_a_guess_between_two_of_a_flood_is_still_counted(clock: Clock) -> None:
    counters = MemoryCounters(100, clock)
    for number in range(100):
        hits(counters, f"held{number}", 3)
    answers = []
    for number in range(40):
        answers.append(counters.hit(TEN, "guesser"))
        counters.hit(TEN, f"flood{number}")
    assert answers.count(True) < 10
    assert not answers[-1]


def test_what_is_over_gives_its_place_first(clock: Clock) -> None:
    counters = MemoryCounters(100, clock)
    for number in range(100):
        hits(counters, f"old{number}", 5)
    clock.now += 1_800
    assert hits(counters, "new", 11) == [True] * 10 + [False]
    assert (len(counters), counters.overflowed) == (1, False)


def test_threads_do_not_pass_the_limit_together() -> None:
    counters = MemoryCounters(100)
    allowed: list[bool] = []
    threads = [threading.Thread(target=lambda: allowed.extend(hits(counters, "k", 50))) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sum(allowed) == 10


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 12), st.integers(0, 1_000)), max_size=200))
def test_no_sequence_of_calls_allows_more_or_grows(calls: list[tuple[int, int, int]]) -> None:
    clock = Clock()
    counters = MemoryCounters(5, clock)
    verbs = (counters.hit, counters.give_back, counters.clear, counters.look)
    for verb, key, passed in calls:
        clock.now += passed
        verbs[verb](TEN, str(key))
        assert len(counters) <= 5
        assert counters.look(TEN, str(key)).weight(TEN) <= 10 + 200
        assert sorted(key for keys in counters._ranks.values() for key in keys) == sorted(counters._entries)
