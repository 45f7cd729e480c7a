"""Flask-Limiter: switched off, counted by what clients choose, counted in each process, or silent when it fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from ....findings import Confidence, Severity
from ...facts.layers import layers, words_of, written_as
from ...inspected import Inspected
from ...rule import Match, Rule, checks

DISABLED = Rule(
    id="access.limiter-disabled",
    kind="runtime",
    control="access.rate-limits",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(770, 799),
    asvs=("V2.4.1",),
    title="Flask-Limiter is there and switched off",
    why="The limits in the code look like protection and do nothing. Passwords can be guessed and costly routes called "
    "without end. (Low where Garrison limits failed logins by itself.)",
    fix="Leave RATELIMIT_ENABLED out, and set it to False in the configuration of the tests alone.",
    before='app.config["RATELIMIT_ENABLED"] = False',
    after='app.config["RATELIMIT_ENABLED"] = True',
    guard="It limits failed logins by itself, and other requests where rate_limit says so.",
    language="python",
    lesson="access-no-visitor-limit",
    items=(66,),
)

FORGED_KEY = Rule(
    id="access.limiter-forged-key",
    kind="runtime",
    control="access.rate-limits",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    cwe=(290, 348, 770),
    asvs=("V2.4.1", "V4.1.3"),
    title="Limits are counted by a header that the client writes",
    why="Whoever sends another X-Forwarded-For with each request is somebody else each time, and meets no limit. The "
    "entry of a known proxy can be trusted, but only ProxyFix or the proxy's own count tells which that is.",
    fix="Count by get_remote_address and let ProxyFix, with the real number of proxies, correct the address.",
    before='Limiter(lambda: request.headers.get("X-Forwarded-For"), app=app)',
    after="app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1)\nLimiter(get_remote_address, app=app)",
    guard="Its own limits count by the address that the declared proxies vouch for.",
    language="python",
    lesson="transport-trust-the-proxy",
    items=(40, 66),
)

IN_MEMORY = Rule(
    id="access.limiter-in-memory",
    kind="runtime",
    control="access.rate-limits",
    severity=Severity.INFO,
    confidence=Confidence.MEDIUM,
    cwe=(770, 799),
    asvs=("V2.4.1",),
    title="Each process counts limits for itself",
    why="With eight workers a limit of ten is one of eighty, and a restart begins anew.",
    fix="Name a storage that all processes share.",
    before="Limiter(get_remote_address, app=app)",
    after='Limiter(get_remote_address, app=app, storage_uri="redis://localhost:6379")',
    guard="Its own limits are counted where limit_storage says, by default in memory too.",
    language="python",
    items=(66,),
)

SWALLOWS = Rule(
    id="access.limiter-fails-open",
    kind="runtime",
    control="access.rate-limits",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(636, 770),
    asvs=("V2.4.1", "V16.5.3"),
    title="Limits vanish when their storage cannot be reached",
    why="Errors are swallowed and nothing counts in their place: whoever can overload or cut off the storage guesses "
    "without limit.",
    fix="Count in memory while the storage is away.",
    before="Limiter(get_remote_address, app=app, storage_uri=url, swallow_errors=True)",
    after="Limiter(get_remote_address, app=app, storage_uri=url, in_memory_fallback_enabled=True)",
    guard="Its own limits are counted in memory while their storage is away, and an event says so.",
    language="python",
    items=(66,),
)

_FORWARDED = re.compile(
    r"(?i)^(x-forwarded-for|x-real-ip|x-client-ip|forwarded|true-client-ip|client-ip|access_route)$"
)
_WORKERS = re.compile(r"(?:^|[\s'\"])(?:-w|--workers|workers)[\s=]+(\d+)")


def limiters(inspected: Inspected) -> list[Any]:
    """Return the limiters that count requests of the application."""
    found = inspected.extension("limiter")
    return [] if found is None else list(found) if isinstance(found, set | frozenset | list | tuple) else [found]


def _counts(inspected: Inspected) -> bool:
    return bool(limiters(inspected))


@checks(DISABLED, reads="app", needs=lambda inspected: inspected.module("flask_limiter") is not None)
def disabled(inspected: Inspected) -> Iterator[Match]:
    """Find the setting with which a limiter leaves before it registers anything."""
    if inspected.config.get("RATELIMIT_ENABLED") is False and not limiters(inspected):
        severity = Severity.LOW if inspected.enforces("access.login-throttle") else None
        yield Match("RATELIMIT_ENABLED is False: no limit counts", severity=severity)


@checks(FORGED_KEY, reads="app", needs=_counts)
def forged_keys(inspected: Inspected) -> Iterator[Match]:
    """Read the code of the functions that tell clients apart."""
    functions = {id(function): function for limiter in limiters(inspected) for function in _key_functions(limiter)}
    for function in functions.values():
        names = sorted(word for word in words_of(function) if _FORWARDED.match(word))
        if names:
            where = written_as(next(layers(function))) or "the key function"
            yield Match(f"{where} counts clients by {names[0]}")


def _key_functions(limiter: Any) -> Iterator[Any]:
    manager = limiter.limit_manager
    yield limiter._key_func
    decorated = (limit for limits in manager._decorated_limits.values() for limit in limits)
    of_blueprints = (limit for limits in manager._blueprint_limits.values() for limit in limits)
    for limit in chain(decorated, of_blueprints, manager._default_limits):
        if getattr(limit, "key_function", None) is not None:
            yield limit.key_function


@checks(IN_MEMORY, reads="app", needs=_counts)
def in_memory(inspected: Inspected) -> Iterator[Match]:
    """Find the storage that a process keeps for itself; it matters where there is more than one."""
    if not any(type(limiter._storage).__name__ == "MemoryStorage" for limiter in limiters(inspected)):
        return
    workers = _workers(inspected)
    if workers is None:
        yield Match("Flask-Limiter counts in the memory of each process")
    elif workers > 1:
        title = f"Flask-Limiter counts in the memory of each of {workers} processes"
        yield Match(title, severity=Severity.MEDIUM, confidence=Confidence.HIGH, subject="several processes")


def _workers(inspected: Inspected) -> int | None:
    """Return how many processes gunicorn starts, as far as it is stated."""
    stated = inspected.environ.get("WEB_CONCURRENCY", "")
    if stated.isdecimal():
        return int(stated)
    texts = [inspected.environ.get("GUNICORN_CMD_ARGS", "")]
    if inspected.server_config is not None and inspected.server_config.is_file():
        texts.append(inspected.server_config.read_text(encoding="utf-8", errors="replace"))
    found = [int(number) for text in texts for number in _WORKERS.findall(text)]
    return max(found, default=None)


@checks(SWALLOWS, reads="app", needs=_counts)
def fails_open(inspected: Inspected) -> Iterator[Match]:
    """Find swallowed errors without anything that counts instead."""
    for limiter in limiters(inspected):
        if limiter._swallow_errors and not (limiter._in_memory_fallback_enabled or limiter._in_memory_fallback):
            yield Match("swallow_errors is on and no limit is counted in memory instead")
