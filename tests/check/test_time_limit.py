"""The limit on the time of one request."""

from __future__ import annotations

import signal
import threading

import pytest

from flask_garrison.check.time_limit import TooSlow, time_limit


def spin() -> None:
    while True:
        pass


def test_what_goes_on_is_interrupted() -> None:
    with pytest.raises(TooSlow), time_limit(0.02):
        spin()


def test_what_catches_the_interruption_is_interrupted_again() -> None:
    caught = []
    with pytest.raises(TooSlow), time_limit(0.02):
        try:
            spin()
        except BaseException as error:
            caught.append(type(error))
        spin()
    assert caught == [TooSlow]


def test_no_except_exception_takes_it() -> None:
    assert not issubclass(TooSlow, Exception)


def test_the_handler_and_the_timer_of_others_come_back() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with time_limit(60):
        pass
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_another_thread_is_not_limited() -> None:
    done = []

    def work() -> None:
        with time_limit(0.001):
            done.append(sum(range(100_000)))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(30)
    assert done == [4999950000]
