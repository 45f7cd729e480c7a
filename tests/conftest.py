"""Fixtures for all tests. What is missing on a machine is said at the end of the run."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from hypothesis import settings
from werkzeug.datastructures import ImmutableDict

from flask_garrison import events
from flask_garrison.events import SecurityEvent
from tests.support import browser, requirements
from tests.support import server as loopback
from tests.support.redis import redis

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

# How long an example takes says nothing on a loaded machine; what it finds does.
settings.register_profile("garrison", deadline=None)
settings.load_profile("garrison")


KEY_OF_EVERY_APP = "6f1d8c0b2a94e7355d0e9bb1c47fa862"


def pytest_configure(config: pytest.Config) -> None:
    """Register our marker."""
    config.addinivalue_line("markers", "without_secret_key: apps of this test have no SECRET_KEY but their own.")


@pytest.fixture(autouse=True)
def _secret_key(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every app that a test makes a key, since Garrison does not start without one."""
    if request.node.get_closest_marker("without_secret_key") is None:
        config = ImmutableDict({**Flask.default_config, "SECRET_KEY": KEY_OF_EVERY_APP})
        monkeypatch.setattr(Flask, "default_config", config)


@pytest.fixture(autouse=True)
def _no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep audits from finding again what another test's audit kept, and from writing into the home directory."""
    monkeypatch.setenv("GARRISON_CACHE_DIR", "")


@pytest.fixture
def seen() -> Iterator[Callable[[], list[SecurityEvent]]]:
    """Give a function that returns every event since the test began."""
    events.flush()
    collected: list[SecurityEvent] = []
    unsubscribe = events.subscribe(collected.append)

    def all_so_far() -> list[SecurityEvent]:
        assert events.flush()
        return list(collected)

    yield all_so_far
    unsubscribe()


@pytest.fixture
def serve() -> Iterator[Callable[..., loopback.Site]]:
    """Serve apps until the test ends: ``url = serve(app)`` or ``serve(app, ssl=True)``."""
    with ExitStack() as servers:
        yield lambda app, *, ssl=False: servers.enter_context(loopback.serve(app, ssl=ssl))


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the URL of a Redis server that lives as long as this test process; nothing is flushed between tests."""
    with redis(requirements.require(requirements.REDIS_SERVER), tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture(scope="session")
def node() -> str:
    """Give the path of Node.js."""
    return requirements.require(requirements.NODE)


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """Give the folder of the npm packages in ``tests/npm``."""
    return Path(requirements.require(requirements.NPM_PACKAGES))


@pytest.fixture(scope="session")
def _parked_browser() -> Iterator[browser.ParkedBrowser]:
    with browser.launched(requirements.require(requirements.CHROMIUM)) as parked:
        yield parked


@pytest.fixture
def chromium(_parked_browser: browser.ParkedBrowser) -> Iterator[Browser]:
    """Give the Chromium of this test process, started once, awake for this test."""
    yield _parked_browser.wake()
    _parked_browser.park()


@pytest.fixture
def new_context(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Open browser contexts (one a user; Playwright's arguments) that close with the test; any certificate is taken."""
    with ExitStack() as contexts:
        yield lambda **options: contexts.enter_context(chromium.new_context(ignore_https_errors=True, **options))


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """Give a page in a context of its own."""
    return new_context().new_page()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    """Fail a skip for a missing part where nothing may be missing."""
    report = yield
    requirements.refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, Any, Any]:
    """Do the same for a module that skips itself."""
    report = yield
    requirements.refuse_skip(report)
    return report


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """List the skips, and how to install what was missing."""
    skips = requirements.count_skips(terminalreporter.stats.get("skipped", []))
    if skips:
        terminalreporter.section("skipped")
    for reason, count in sorted(skips.items()):
        terminalreporter.write_line(f"{count:4} x {reason}")
