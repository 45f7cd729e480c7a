"""Stores that load pickles are found by handing them one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import redis
from cachelib import FileSystemCache
from cachelib.serializers import JSONSerializer, RedisSerializer
from flask import Flask
from flask_caching import Cache
from flask_session import Session

from flask_garrison.audit.rules.inputs.stored_pickles import loads_pickles
from tests.audit.shorthand import titles
from tests.audit.support import make

RULE = "inputs.pickled-store"


def cached(**config: Any) -> Flask:
    app = make()
    Cache(app, config=config)
    return app


def test_a_cache_in_redis_loads_pickles() -> None:
    assert titles(RULE, cached(CACHE_TYPE="RedisCache")) == ["medium: RedisCache loads pickles with RedisSerializer"]


def test_a_cache_on_disk_does_too_and_is_harder_to_reach(tmp_path: Path) -> None:
    app = cached(CACHE_TYPE="FileSystemCache", CACHE_DIR=str(tmp_path))
    assert titles(RULE, app) == ["low: FileSystemCache loads pickles with FileSystemSerializer"]


def test_a_cache_that_keeps_json_is_none() -> None:
    assert titles(RULE, cached(CACHE_TYPE="RedisCache", CACHE_SERIALIZER=JSONSerializer())) == []


def test_memory_is_nobody_elses() -> None:
    assert titles(RULE, cached(CACHE_TYPE="SimpleCache")) is None
    assert titles(RULE, make()) is None


def test_flask_session_reads_pickles_whatever_it_writes() -> None:
    app = make(SESSION_TYPE="redis", SESSION_REDIS=redis.Redis(), SESSION_SERIALIZATION_FORMAT="json")
    Session(app)
    assert titles(RULE, app) == ["medium: RedisSessionInterface loads pickles with MsgSpecSerializer"]


def test_sessions_in_a_cache_are_the_caches(tmp_path: Path) -> None:
    app = make(SESSION_TYPE="cachelib", SESSION_CACHELIB=FileSystemCache(str(tmp_path)))
    Session(app)
    assert titles(RULE, app) == ["low: FileSystemCache loads pickles with FileSystemSerializer"]


@pytest.mark.parametrize(("serializer", "loads"), [(RedisSerializer(), True), (JSONSerializer(), False), (None, False)])
def test_a_serializer_is_asked(serializer: object, loads: bool) -> None:
    assert loads_pickles(serializer) is loads
