"""Connections to brokers, caches and stores: in the clear, or open to whoever reaches them."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from ....findings import Confidence, Severity
from ...facts.tasks import celery_of
from ...inspected import Inspected
from ...rule import Match, Rule, checks

CONTROL = "transport.encrypted-backends"
DEEPEST = 3
ENCRYPTED = {
    "redis": "rediss",
    "valkey": "valkeys",
    "amqp": "amqps",
    "pyamqp": "amqps",
    "ldap": "ldaps",
    "mqtt": "mqtts",
}
"""Scheme to the one with TLS."""
_WITH_PASSWORD = ("redis", "rediss", "valkey", "valkeys", "amqp", "amqps", "pyamqp")
_OF_CELERY = ("broker_url", "result_backend")
_OWN_MACHINE = ("localhost", "127.0.0.1", "::1", "")

PLAIN = Rule(
    id="transport.plain-backend",
    kind="runtime",
    control=CONTROL,
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    cwe=(319,),
    asvs=("V12.3.1", "V12.3.3"),
    title="A broker, cache or store is reached without encryption",
    why="Password, sessions and tasks travel readable over the network between. Whoever is on the way reads them, and "
    "writes others.",
    fix="Use the address with TLS, and let the client check the certificate.",
    before='app.config["CACHE_REDIS_URL"] = "redis://:password@cache.example.com/0"',
    after='app.config["CACHE_REDIS_URL"] = "rediss://:password@cache.example.com/0"',
    guard="It accepts rediss:// for its own limits. Connections of the application are not its own.",
    language="python",
    items=(133,),
)
OPEN = Rule(
    id="transport.backend-without-password",
    kind="runtime",
    control=CONTROL,
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    cwe=(306, 1391),
    asvs=("V12.3.3",),
    title="A broker, cache or store asks for no password",
    why="Whoever reaches the address reads what is stored and writes tasks, sessions and limits. On a network that "
    "several machines share, one of them that is broken into is enough.",
    fix="Set a password or user at the server, and name it in the address.",
    before='app.config["CACHE_REDIS_URL"] = "redis://cache.example.com/0"',
    after='app.config["CACHE_REDIS_URL"] = os.environ["CACHE_URL"]  # rediss://:...@cache.example.com/0',
    guard="Nothing: connections of the application are not its own.",
    language="python",
    items=(133,),
)


class Backend(NamedTuple):
    """An address in the configuration; its host is not the own machine."""

    setting: str
    url: SplitResult


def backends_of(inspected: Inspected) -> list[Backend]:
    """Return the brokers, caches and directories that the application reaches over a network."""
    named: list[tuple[str, object]] = list(_addresses("", dict(inspected.config), 0))
    celery = celery_of(inspected)
    if celery is not None:
        # What Celery made of the configuration counts, and comes first.
        named = [(f"{name} of Celery", celery.conf.get(name)) for name in _OF_CELERY] + named
    found: dict[str, Backend] = {}
    for setting, text in named:
        backend = _backend(setting, text)
        if backend is not None:
            # One address under several names is one connection.
            found.setdefault(backend.url.geturl(), backend)
    return list(found.values())


def _addresses(name: str, value: object, depth: int) -> Iterator[tuple[str, object]]:
    if isinstance(value, str) and "://" in value:
        yield name, value
    elif isinstance(value, Mapping) and depth < DEEPEST:
        for key, content in list(value.items()):
            yield from _addresses(f"{name}[{str(key)!r}]" if name else str(key), content, depth + 1)


def _backend(setting: str, text: object) -> Backend | None:
    try:
        url = urlsplit(str(text or ""))
        host = url.hostname or ""
    except ValueError:
        return None
    known = url.scheme in ENCRYPTED or url.scheme in ENCRYPTED.values()
    return Backend(setting, url) if known and host not in _OWN_MACHINE else None


def _is_near(host: str) -> bool:
    """Return whether a host is one of a private network, such as the name of a container."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith((".internal", ".local", ".svc", ".lan"))


def _severity(backend: Backend) -> Severity | None:
    return Severity.INFO if _is_near(backend.url.hostname or "") else None


def _has_backends(inspected: Inspected) -> bool:
    return bool(backends_of(inspected))


@checks(PLAIN, reads="app", needs=_has_backends)
def plain_backends(inspected: Inspected) -> Iterator[Match]:
    """Find addresses without TLS."""
    for backend in backends_of(inspected):
        scheme = backend.url.scheme
        if scheme in ENCRYPTED and not _is_encrypted_apart(inspected, backend):
            words = f"{backend.setting} reaches {backend.url.hostname} by {scheme}:// instead of {ENCRYPTED[scheme]}://"
            yield Match(words, severity=_severity(backend), subject=backend.setting)


def _is_encrypted_apart(inspected: Inspected, backend: Backend) -> bool:
    """Return whether Celery is told of TLS beside the address."""
    celery = celery_of(inspected)
    if celery is None or not backend.setting.endswith(" of Celery"):
        return False
    setting = "broker_use_ssl" if backend.setting.startswith("broker") else "redis_backend_use_ssl"
    return bool(celery.conf.get(setting))


@checks(OPEN, reads="app", needs=_has_backends)
def open_backends(inspected: Inspected) -> Iterator[Match]:
    """Find addresses that name no password, where the address is the usual place for it."""
    for backend in backends_of(inspected):
        client_certificate = "ssl_certfile" in backend.url.query
        apart = any(str(key).endswith("_PASSWORD") and _is_family(backend, str(key)) for key in inspected.config)
        if backend.url.scheme in _WITH_PASSWORD and not (backend.url.password or client_certificate or apart):
            words = f"{backend.setting} reaches {backend.url.hostname} without a password"
            yield Match(words, severity=_severity(backend), subject=backend.setting)


def _is_family(backend: Backend, key: str) -> bool:
    """Return whether a setting such as ``CACHE_REDIS_PASSWORD`` belongs to an address such as ``CACHE_REDIS_URL``."""
    return backend.setting.rpartition("_")[0] == key.rpartition("_")[0]
