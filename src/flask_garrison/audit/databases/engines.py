"""The SQLAlchemy engines that an application certainly uses; finding them runs none of its code.

Certain are the engines of Flask-SQLAlchemy, and those that stand under a name in a module of the application, in its
configuration or on the application object, alone or as the ``bind`` of a session factory. What a function keeps to
itself is not found.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..facts.layers import closure_of
from ..facts.own_code import own_modules
from ..inspected import Inspected

LOCAL = ("", "localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Database:
    """One engine.

    Attributes:
        name: Where it was found, in words.
        engine: A ``sqlalchemy.engine.Engine``; of an asynchronous one the engine inside.
        asynchronous: The engine around it, or ``None``.
    """

    name: str
    engine: Any
    asynchronous: Any = None

    @property
    def kind(self) -> str:
        """Name of the dialect: ``sqlite``, ``postgresql``, ``mysql``, ``mariadb`` and others."""
        return str(self.engine.dialect.name)

    @property
    def driver(self) -> str:
        """Name of the driver, such as ``psycopg``."""
        return str(self.engine.dialect.driver)

    @property
    def host(self) -> str:
        """Host that it connects to, in lower case; empty for a socket, a file or the driver's default."""
        host = str(self.setting("host") or self.engine.url.host or "").lower()
        return "" if host.startswith("/") else host

    @property
    def is_local(self) -> bool:
        """Whether it stays on this machine."""
        return self.kind == "sqlite" or self.host in LOCAL

    @property
    def parameters(self) -> Mapping[str, Any] | None:
        """What the driver's ``connect`` is given, or ``None`` where a function of the application connects."""
        found = closure_of(self.engine.pool._creator).get("cparams")
        return found if isinstance(found, Mapping) else None

    def setting(self, *names: str) -> Any:
        """Return the first of these parameters of the driver that is set, or ``None``."""
        parameters = self.parameters or {}
        return next((parameters[name] for name in names if parameters.get(name) is not None), None)

    @property
    def connects_by_itself(self) -> bool:
        """Whether nothing of the application changes the parameters at each connection (tokens of a cloud, a vault)."""
        return self.parameters is not None and not list(self.engine.dialect.dispatch.do_connect)


def databases_of(inspected: Inspected) -> list[Database]:
    """Return every engine once, those of Flask-SQLAlchemy first."""
    return list(_found(inspected))


# For the rules of one run, which ask one after the other.
@functools.lru_cache(maxsize=1)
def _found(inspected: Inspected) -> tuple[Database, ...]:
    if inspected.module("sqlalchemy.engine") is None:
        return ()
    found: dict[int, Database] = {}
    for name, value in (*_of_extension(inspected), *_named(inspected)):
        for database in _engines_in(name, value):
            found.setdefault(id(database.engine), database)
    return tuple(found.values())


def has_databases(inspected: Inspected) -> bool:
    """Return whether an engine was found."""
    return bool(databases_of(inspected))


def over_network(inspected: Inspected) -> list[Database]:
    """Return the engines that reach a server, on this machine or another."""
    return [database for database in databases_of(inspected) if database.kind != "sqlite"]


def _of_extension(inspected: Inspected) -> Iterator[tuple[str, Any]]:
    extension = inspected.extension("sqlalchemy")
    known = getattr(extension, "_app_engines", None)
    engines = known.get(inspected.app, {}) if known is not None else _asked(inspected, extension)
    for bind, engine in sorted(dict(engines).items(), key=lambda pair: pair[0] or ""):
        yield ("SQLALCHEMY_DATABASE_URI" if bind is None else f"the bind {bind!r}"), engine


def _asked(inspected: Inspected, extension: Any) -> Mapping[str | None, Any]:
    """Return the engines of an extension that tells them inside the application's context only."""
    if extension is None or not hasattr(type(extension), "engines"):
        return {}
    with inspected.app.app_context():
        return dict(extension.engines)


def _named(inspected: Inspected) -> Iterator[tuple[str, Any]]:
    for module in own_modules(inspected):
        yield from ((f"{module.__name__}.{name}", value) for name, value in list(vars(module).items()))
    yield from ((f"app.config[{name!r}]", value) for name, value in list(inspected.config.items()))
    yield from ((f"app.{name}", value) for name, value in list(vars(inspected.app).items()))


def _engines_in(name: str, value: Any) -> Iterator[Database]:
    from sqlalchemy.engine import Engine

    if isinstance(value, _asynchronous("AsyncEngine")):
        yield Database(name, value.sync_engine, value)
    elif isinstance(value, Engine):
        yield Database(name, value)
    else:
        factory = _factory_in(value)
        if factory is not None:
            yield from _engines_in(name, factory.kw.get("bind"))


def _factory_in(value: Any) -> Any:
    """Return the session factory that a value is or holds, or ``None``."""
    from sqlalchemy.orm import scoped_session, sessionmaker

    if isinstance(value, (scoped_session, *_asynchronous("async_scoped_session"))):
        value = getattr(value, "session_factory", None)
    return value if isinstance(value, (sessionmaker, *_asynchronous("async_sessionmaker"))) else None


def _asynchronous(name: str) -> tuple[Any, ...]:
    """Return a class of SQLAlchemy for asyncio, or nothing where it is not loaded: without greenlet it cannot be."""
    found = getattr(sys.modules.get("sqlalchemy.ext.asyncio"), name, None)
    return () if found is None else (found,)


def makes_engines(inspected: Inspected) -> bool:
    """Return whether a module of the application has one of SQLAlchemy's functions that make an engine."""
    sqlalchemy = inspected.module("sqlalchemy")
    if sqlalchemy is None:
        return False
    asyncio = inspected.module("sqlalchemy.ext.asyncio")
    makers = {id(getattr(sqlalchemy, name)) for name in ("create_engine", "engine_from_config")}
    makers |= {id(getattr(asyncio, "create_async_engine", makers))}
    return any(id(value) in makers for module in own_modules(inspected) for value in list(vars(module).values()))
