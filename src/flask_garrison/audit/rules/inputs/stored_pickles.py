"""Sessions and caches that are kept as pickles where others can write."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from typing import Any

from ....findings import Confidence, Severity
from ...facts.sessions import keeps_sessions_in_cookie
from ...inspected import Inspected
from ...rule import Match, Rule, checks

CONTROL = "inputs.deserialisation"
_PROBE = {"garrison": 1}
_IN_MEMORY = ("SimpleCache", "NullCache", "UWSGICache")
_ON_DISK = ("FileSystemCache", "FileSystemSessionInterface")

STORED = Rule(
    id="inputs.pickled-store",
    kind="runtime",
    control=CONTROL,
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(502,),
    asvs=("V1.5.2",),
    title="What a store holds is loaded as a pickle",
    why="Loading a pickle runs whatever its author put into it. Who can write to the store, a shared Redis without a "
    "password or another application's flaw, runs code as this application at the next request that reads it.",
    fix="Use a store that keeps JSON or MessagePack, give it a password, and let nobody else write there.",
    before='cache = Cache(app, config={"CACHE_TYPE": "RedisCache"})',
    after="from cachelib.serializers import JSONSerializer\n\n"
    'cache = Cache(app, config={"CACHE_TYPE": "RedisCache", "CACHE_SERIALIZER": JSONSerializer()})',
    guard="Nothing at the store. A sensor for loaded pickles comes in a later version.",
    language="python",
    lesson="dependencies-pickle-in-a-cookie",
    items=(38,),
)


def _stores(inspected: Inspected) -> list[tuple[str, Any]]:
    """Return the serializers that read what is stored outside the process, each with the name of its store."""
    interface: Any = inspected.app.session_interface
    kept = None if keeps_sessions_in_cookie(inspected) else interface
    stores = [kept, getattr(kept, "cache", None)]
    caches = inspected.extension("cache")
    stores += list(caches.values()) if isinstance(caches, dict) else []
    named = [(type(store).__name__, getattr(store, "serializer", None)) for store in stores]
    return [(name, serializer) for name, serializer in named if serializer and name not in _IN_MEMORY]


def _has_stores(inspected: Inspected) -> bool:
    return bool(_stores(inspected))


@checks(STORED, reads="app", needs=_has_stores)
def pickled_stores(inspected: Inspected) -> Iterator[Match]:
    """Find serializers that load a pickle, by handing each a harmless one."""
    for name, serializer in _readers(inspected):
        on_disk = name in _ON_DISK
        words = f"{name} loads pickles with {type(serializer).__name__}"
        yield Match(words, severity=Severity.LOW if on_disk else None, subject=name)


def _readers(inspected: Inspected) -> Iterator[tuple[str, Any]]:
    seen: set[str] = set()
    # A session that hands everything to a cache has a serializer that it never asks.
    delegates = hasattr(inspected.app.session_interface, "cache")
    own = type(inspected.app.session_interface).__name__
    for name, serializer in _stores(inspected):
        if name in seen or (delegates and name == own):
            continue
        if loads_pickles(serializer):
            seen.add(name)
            yield name, serializer


def loads_pickles(serializer: Any) -> bool:
    """Return whether a serializer gives back the content of a pickle; the pickle holds a dictionary of one number."""
    written = pickle.dumps(_PROBE)
    # cachelib marks pickles in Redis with an exclamation mark.
    return any(_reads(serializer, data) for data in (written, b"!" + written))


def _reads(serializer: Any, data: bytes) -> bool:
    read = getattr(serializer, "loads", None) or getattr(serializer, "decode", None)
    try:
        return callable(read) and read(data) == _PROBE
    except Exception:
        return False
