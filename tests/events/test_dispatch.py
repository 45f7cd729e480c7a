"""Events reach whoever listens, a flood is counted exactly, and nothing a subscriber does harms a request."""

from __future__ import annotations

import json
import logging
import os
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from flask_garrison import Garrison, events
from flask_garrison.events import SecurityEvent
from flask_garrison.events.dispatch import BURST, MAX_KEYS, Dispatcher
from flask_garrison.events.vocabulary import NAMES, name_with


def event(client: str = "192.0.2.1", route: str = "/") -> SecurityEvent:
    return SecurityEvent(
        event="malicious_cors", control="inputs.csrf", outcome="refused", app="shop", client=client, route=route
    )


class Clock:
    """A clock that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Listener:
    """A dispatcher with a list as its sink."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.seen: list[SecurityEvent] = []
        self.dispatcher = Dispatcher(self.seen.append, self.clock)

    def total(self) -> int:
        """Return how many events the sink was told of, one by one or in summaries."""
        return sum(int(str(one.detail.get("suppressed", 1))) for one in self.seen)


def test_a_flood_is_passed_on_up_to_the_burst_and_counted_after_that() -> None:
    listener = Listener()
    for _ in range(1_000):
        listener.dispatcher.emit(event())
    assert len(listener.seen) == BURST
    listener.clock.now = 2.0
    listener.dispatcher.emit(event())
    assert [one.detail.get("suppressed") for one in listener.seen[BURST:]] == [1_000 - BURST, None]


def test_a_flood_from_one_client_hides_no_other_client() -> None:
    listener = Listener()
    for _ in range(1_000):
        listener.dispatcher.emit(event())
    listener.dispatcher.emit(event(client="192.0.2.2"))
    assert listener.seen[-1].client == "192.0.2.2"


@given(st.lists(st.tuples(st.integers(0, 5), st.floats(0, 3)), max_size=300))
def test_no_event_is_lost_or_counted_twice(arrivals: list[tuple[int, float]]) -> None:
    listener = Listener()
    for client, pause in arrivals:
        listener.clock.now += pause / 100
        listener.dispatcher.emit(event(client=str(client)))
    listener.dispatcher.flush()
    assert listener.total() == len(arrivals)


def test_memory_is_bounded_under_a_flood_of_clients() -> None:
    listener = Listener()
    for client in range(2 * MAX_KEYS):
        listener.dispatcher.emit(event(client=str(client)))
    assert len(listener.dispatcher._floods) <= MAX_KEYS + 1
    listener.dispatcher.flush()
    assert listener.total() == 2 * MAX_KEYS


def test_a_subscriber_that_raises_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    listener, received = Listener(), []

    def fail(one: SecurityEvent) -> None:
        raise RuntimeError("in the subscriber")

    listener.dispatcher.subscribe(fail)
    listener.dispatcher.subscribe(received.append)
    listener.dispatcher.emit(event())
    assert listener.dispatcher.flush()
    assert len(received) == 1
    assert "A subscriber to security events failed" in caplog.text


def test_a_subscriber_that_blocks_holds_nobody_up() -> None:
    listener, release = Listener(), threading.Event()
    listener.dispatcher.subscribe(lambda one: release.wait(30))
    for client in range(50):
        listener.dispatcher.emit(event(client=str(client)))
    assert len(listener.seen) == 50
    assert not listener.dispatcher.flush(timeout=0.01)
    release.set()
    assert listener.dispatcher.flush()


def test_a_subscription_can_be_ended() -> None:
    listener, received = Listener(), []
    unsubscribe = listener.dispatcher.subscribe(received.append)
    unsubscribe()
    listener.dispatcher.emit(event())
    listener.dispatcher.flush()
    assert received == []


def test_a_sink_that_raises_harms_nobody(caplog: pytest.LogCaptureFixture) -> None:
    def sink(one: SecurityEvent) -> None:
        raise OSError("disk full")

    Dispatcher(sink).emit(event())
    assert "The event sink failed" in caplog.text


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_a_forked_worker_delivers_to_its_subscribers() -> None:
    received: list[SecurityEvent] = []
    unsubscribe = events.subscribe(received.append)
    events.emit(event())
    assert events.flush()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        received.clear()
        events.emit(event(client="child"))
        events.flush()
        os.write(writing, b"".join(one.client.encode() for one in received))
        os._exit(0)
    os.waitpid(child, 0)
    unsubscribe()
    assert os.read(reading, 100) == b"child"


@pytest.fixture
def guarded() -> Iterator[Flask]:
    events.flush()
    app = Flask("shop")
    app.add_url_rule("/buy", "buy", lambda: "bought", methods=["POST"])
    Garrison(app)
    yield app


def test_the_default_sink_is_one_line_of_json_through_logging(guarded: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="flask_garrison.events"):
        guarded.test_client().post("/buy", headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"})
    (record,) = caplog.records
    values = json.loads(record.getMessage())
    assert record.levelname == "WARNING"
    assert list(values) == [
        "schema", "id", "time", "event", "control", "outcome", "app", "route", "method", "status", "client", "account",
        "session", "request_id", "sensor", "parameter", "appsensor", "detail",
    ]  # fmt: skip
    assert values["time"].endswith("Z")
    assert (values["event"], values["route"]) == ("malicious_cors:https://evil.example", "/buy")


def test_names_come_from_the_vocabulary() -> None:
    assert name_with("authn_login_fail", "ada", "a,b") == "authn_login_fail:ada,a b"
    with pytest.raises(ValueError, match="nearest name is 'authn_login_fail'"):
        name_with("authn_login_failed")
    with pytest.raises(ValueError, match="not in the vocabulary"):
        SecurityEvent(event="break_in", control="x", outcome="refused", app="shop")
    assert len(NAMES) == 49
