"""Storages: a real Redis, one that dies and comes back, one whose package is missing."""

from __future__ import annotations

import secrets
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import Client

from flask_garrison import Garrison, Policy
from flask_garrison.errors import PolicyError
from flask_garrison.events import SecurityEvent
from flask_garrison.guard import login_throttle, rate_limits
from flask_garrison.guard.limits.shared import SharedCounters
from flask_garrison.guard.limits.windows import EMPTY, limit_of
from tests.support import requirements
from tests.support.process import free_port, running

HERE = "https://shop.example"
BROWSER = {"Sec-Fetch-Site": "same-origin"}
TEN = limit_of("10 per 15 minutes")
VALKEY_SERVER = requirements.Part(
    "valkey-server", "apt-get install valkey-server", requirements.on_path("valkey-server")
)


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def monotonic(self) -> float:
        return self.now


class Server:
    """A Redis server on one port that can be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self._executable = requirements.require(requirements.REDIS_SERVER)
        self._folder = folder
        self._port = free_port()
        self._running: Any = None
        self.url = f"redis://127.0.0.1:{self._port}"

    def start(self) -> None:
        argv = [self._executable, "--bind", "127.0.0.1", "--port", str(self._port), "--save", ""]
        self._running = running([*argv, "--dir", str(self._folder)], port=self._port, log=self._folder / "log")
        self._running.__enter__()

    def stop(self) -> None:
        if self._running is not None:
            self._running.__exit__(None, None, None)
            self._running = None


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Give a server of this test's own, started."""
    one = Server(tmp_path)
    one.start()
    yield one
    one.stop()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Give the clock by which a storage is tried again."""
    clock = Clock()
    for guard in (login_throttle, rate_limits):
        monkeypatch.setattr(guard, "time", clock)
    return clock


def login_app(**settings: Any) -> Flask:
    app = Flask("shop")
    app.secret_key = f"a key for tests only, long enough to sign with {settings.pop('salt', secrets.token_hex())}"
    app.add_url_rule("/", "index", lambda: "shop")
    app.add_url_rule("/login", "login", lambda: ("no", 401), methods=["POST"])
    Garrison(app, hosts=["shop.example"], login_endpoints=["login"], **{"proxies": 0, **settings})
    return app


def guess(app: Flask, times: int = 1, name: str = "ada") -> list[int]:
    client = Client(app)
    data = {"username": name, "password": "guess"}
    return [client.post("/login", data=data, base_url=HERE, headers=BROWSER).status_code for _ in range(times)]


def storage_events(events: list[SecurityEvent]) -> list[tuple[str, str]]:
    names = [(event.event.partition(":")[0], event.outcome) for event in events]
    return [(name, outcome) for name, outcome in names if name.startswith("sys_monitor")]


@pytest.fixture(params=["redis", "valkey"])
def shared(request: pytest.FixtureRequest) -> str:
    """Give the URL of a server of each kind."""
    if request.param == "redis":
        url: str = request.getfixturevalue("redis_server")
        return url
    if VALKEY_SERVER.find() is None:
        # Not a missing part of this project's own list: the stable distribution has no such package.
        pytest.skip("no valkey-server here: Debian has one from version 13 on")
    url = request.getfixturevalue("valkey_server")
    return url


@pytest.fixture
def valkey_server(tmp_path: Path) -> Iterator[str]:
    """Give the URL of a Valkey server."""
    port = free_port()
    argv = [requirements.require(VALKEY_SERVER), "--bind", "127.0.0.1", "--port", str(port), "--save", ""]
    with running([*argv, "--dir", str(tmp_path)], port=port, log=tmp_path / "log"):
        yield f"valkey://127.0.0.1:{port}"


def test_shared_counters_count_wait_give_back_and_forget(shared: str) -> None:
    counters, key = SharedCounters(shared), secrets.token_hex()
    assert counters.look(TEN, key) == EMPTY
    assert [counters.hit(TEN, key) for _ in range(12)] == [True] * 10 + [False] * 2
    window = counters.look(TEN, key)
    assert (window.current, window.weight(TEN), window.remaining(TEN)) == (10, 10, 0)
    assert 890 < window.current_left <= 900
    assert 899 <= window.wait(TEN) <= 901
    counters.give_back(TEN, key)
    assert [counters.hit(TEN, key) for _ in range(2)] == [True, False]
    counters.clear(TEN, key)
    counters.give_back(TEN, key)
    assert counters.look(TEN, key) == EMPTY


def test_the_valkey_client_speaks_to_a_server_of_the_same_protocol(redis_server: str) -> None:
    pytest.importorskip("valkey")
    counters, key = SharedCounters(redis_server.replace("redis://", "valkey://")), secrets.token_hex()
    assert [counters.hit(TEN, key) for _ in range(11)][-1] is False


def test_the_wall_clock_of_this_machine_plays_no_part(redis_server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    counters, key = SharedCounters(redis_server), secrets.token_hex()
    [counters.hit(TEN, key) for _ in range(10)]
    for jump in (10**9, -(10**9)):
        monkeypatch.setattr("time.time", lambda jump=jump: 1_700_000_000 + jump)
        assert not counters.hit(TEN, key)
        assert counters.hit(TEN, secrets.token_hex())


def test_threads_do_not_pass_the_limit_together(redis_server: str) -> None:
    counters, key = SharedCounters(redis_server), secrets.token_hex()
    allowed: list[bool] = []
    threads = [
        threading.Thread(target=lambda: allowed.extend([counters.hit(TEN, key) for _ in range(10)])) for _ in range(8)
    ]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sum(allowed) == 10


def test_processes_share_a_limit_and_apps_of_other_secrets_do_not(redis_server: str) -> None:
    salt = secrets.token_hex()
    one, two = (login_app(limit_storage=redis_server, salt=salt) for _ in range(2))
    assert guess(one, 5) + guess(two, 6) == [401] * 10 + [429]
    assert guess(login_app(limit_storage=redis_server)) == [401]


def test_in_memory_each_process_counts_for_itself() -> None:
    one, two = login_app(), login_app()
    assert guess(one, 10) + guess(two, 1) == [401] * 11


def test_no_name_and_no_address_is_in_the_storage(server: Server) -> None:
    # A name that no hexadecimal digits can spell.
    guess(login_app(limit_storage=server.url), 3, "wilma")
    executable = shutil.which("redis-cli")
    if executable is None:
        pytest.skip("redis-cli not found: apt-get install redis-tools")
    port = server.url.rpartition(":")[2]
    argv = [executable, "-p", port, "--raw", "keys", "*"]
    keys = subprocess.run(argv, capture_output=True, text=True, check=True).stdout.split()
    assert len(keys) == 3
    assert all(key.startswith("garrison:{") and "wilma" not in key and "127.0.0.1" not in key for key in keys)


def test_when_it_dies_memory_counts_on_and_when_it_is_back_it_is_used_again(
    server: Server, clock: Clock, seen: Callable[[], list[SecurityEvent]]
) -> None:
    app = login_app(limit_storage=server.url, limit_storage_failure="memory")
    assert guess(app, 4) == [401] * 4
    server.stop()
    assert guess(app, 11) == [401] * 10 + [429]
    assert storage_events(seen()) == [("sys_monitor_disabled", "error")]
    server.start()
    assert guess(app) == [429]
    clock.now += 6
    assert guess(app) == [401]
    assert storage_events(seen())[1:] == [("sys_monitor_enabled", "allowed")]


def test_a_storage_that_is_down_is_not_asked_at_every_request(clock: Clock) -> None:
    app = login_app(limit_storage=f"redis://127.0.0.1:{free_port()}")
    throttle = app.extensions["garrison"].departures
    store = next(
        one.__self__._store for one in throttle if hasattr(one, "__self__") and hasattr(one.__self__, "_store")
    )
    asked: list[int] = []
    hit = store._far.hit
    store._far.hit = lambda *arguments: (asked.append(1), hit(*arguments))[1]
    guess(app, 5)
    assert len(asked) == 1
    clock.now += 6
    guess(app, 5)
    assert len(asked) == 2


def test_a_storage_that_accepts_and_never_answers_does_not_hang_requests(
    clock: Clock, seen: Callable[[], list[SecurityEvent]]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        app = login_app(limit_storage=f"redis://127.0.0.1:{deaf.getsockname()[1]}")
        assert guess(app, 11) == [401] * 10 + [429]
    assert storage_events(seen()) == [("sys_monitor_disabled", "error")]


def test_refuse_answers_503_where_attempts_are_made_and_nowhere_else(
    clock: Clock, seen: Callable[[], list[SecurityEvent]]
) -> None:
    app = login_app(limit_storage=f"redis://127.0.0.1:{free_port()}", limit_storage_failure="refuse")
    refused = Client(app).post("/login", data={"username": "ada"}, base_url=HERE, headers=BROWSER)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert Client(app).get("/", base_url=HERE).status_code == 200
    assert ("sys_monitor_disabled", "refused") in storage_events(seen())


@pytest.mark.parametrize(("failure", "answers"), [("refuse", [401, 503, 503]), ("allow_insecure", [401, 401, 401])])
def test_basic_credentials_are_refused_too_when_the_storage_is_down(
    failure: str, answers: list[int], clock: Clock
) -> None:
    app = Flask("shop")
    app.secret_key = "a key for tests only, long enough to sign with"
    app.add_url_rule("/basic", "basic", lambda: ("who?", 401, {"WWW-Authenticate": "Basic"}))
    storage = f"redis://127.0.0.1:{free_port()}"
    Garrison(app, hosts=["shop.example"], limit_storage=storage, limit_storage_failure=failure)
    client = Client(app)
    assert [client.get("/basic", auth=("ada", "guess"), base_url=HERE).status_code for _ in range(3)] == answers


def test_allow_insecure_lets_pass_and_says_so(clock: Clock, seen: Callable[[], list[SecurityEvent]]) -> None:
    app = login_app(limit_storage=f"redis://127.0.0.1:{free_port()}", limit_storage_failure="allow_insecure")
    assert guess(app, 15) == [401] * 15
    assert storage_events(seen()) == [("sys_monitor_disabled", "error")]


def test_observe_refuses_nothing_when_the_storage_is_down(clock: Clock) -> None:
    url = f"redis://127.0.0.1:{free_port()}"
    app = login_app(limit_storage=url, limit_storage_failure="refuse", rate_limit=["1 per hour"], mode="observe")
    assert guess(app, 3) == [401] * 3


def test_rate_limits_use_the_storage_too(redis_server: str, clock: Clock) -> None:
    salt = secrets.token_hex()
    one, two = (login_app(limit_storage=redis_server, rate_limit=["2 per hour"], salt=salt) for _ in range(2))
    answers = [Client(app).get("/", base_url=HERE) for app in (one, two, one)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[0].headers["RateLimit"] == '"2 per hour";r=1;t=3600'


@pytest.mark.parametrize(("url", "package"), [("redis://localhost", "redis"), ("valkeys://localhost", "valkey")])
def test_a_missing_package_is_an_error_at_start(monkeypatch: pytest.MonkeyPatch, url: str, package: str) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(PolicyError, match=rf"pip install flask-garrison\[{package}\]"):
        login_app(limit_storage=url)


def test_an_address_that_cannot_be_read_is_an_error_without_its_password() -> None:
    with pytest.raises(PolicyError) as raised:
        login_app(limit_storage="redis://:hunter2@host:port/x")
    assert "hunter2" not in str(raised.value)
    assert raised.value.key == "limit_storage"


def test_a_full_memory_is_said_once(seen: Callable[[], list[SecurityEvent]]) -> None:
    app = login_app(max_limit_keys=100, proxies=0)
    client = Client(app)
    for number in range(120):
        data = {"username": f"user{number}", "password": "x"}
        peer = {"REMOTE_ADDR": f"198.51.100.{number}"}
        client.post("/login", data=data, base_url=HERE, headers=BROWSER, environ_overrides=peer)
    assert Policy(max_limit_keys=100).max_limit_keys == 100
    assert storage_events(seen()) == [("sys_monitor_disabled", "allowed")]
