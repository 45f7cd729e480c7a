"""Guards the Jinja environment of an application, whenever and however that is made."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import BytecodeCache, Environment

from .compiler import sealing
from .render import Renderer

if TYPE_CHECKING:
    from flask import Flask
    from jinja2.bccache import Bucket


class SaltedCache(BytecodeCache):
    """An application's bytecode cache, in which guarded templates are filed apart.

    Args:
        inner: The application's cache.
        salt: Changes with Garrison's version and the plan.
    """

    def __init__(self, inner: BytecodeCache, salt: str) -> None:
        self.inner = inner
        self._salt = salt

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Return the bucket of a guarded template; name and checksum both say that it is one."""
        return self.inner.get_bucket(environment, f"{name} ({self._salt})", filename, f"{source}\0{self._salt}")

    def set_bucket(self, bucket: Bucket) -> None:
        """Store a bucket that :meth:`get_bucket` made."""
        self.inner.set_bucket(bucket)

    def clear(self) -> None:
        """Clear the application's cache."""
        self.inner.clear()


@cache
def _guarded(base: Any) -> type[Environment]:
    """Return the class of a guarded environment.

    The cache is a property so that one which the application sets later, or an overlay gets, is salted too.
    """

    def get_cache(environment: Any) -> BytecodeCache | None:
        inner = environment.__dict__.get("bytecode_cache")
        return None if inner is None else SaltedCache(inner, environment.garrison.plan.salt)

    def set_cache(environment: Any, inner: BytecodeCache | None) -> None:
        environment.__dict__["bytecode_cache"] = inner.inner if isinstance(inner, SaltedCache) else inner

    return type(f"Guarded{base.__name__}", (base,), {"bytecode_cache": property(get_cache, set_cache)})


def guard(environment: Environment, renderer: Renderer) -> None:
    """Make ``environment`` compile templates whose elements are sealed; templates compiled earlier are forgotten."""
    if "garrison" in environment.__dict__:
        return
    generator: Any = environment.code_generator_class
    kind: Any = type(environment)
    environment.garrison = renderer  # type: ignore[attr-defined]
    environment.code_generator_class = sealing(generator)
    environment.__class__ = _guarded(kind)
    if environment.cache is not None:
        environment.cache.clear()


def prepare_environment(app: Flask, prepare: Callable[[Environment], None]) -> Callable[[], None]:
    """Call ``prepare`` with the application's environment, now or when it is made.

    It is not asked for here: making it early would freeze options that the application may still set.

    Returns:
        A function that prepares an environment which the application put in place later.
    """
    make = app.create_jinja_environment
    known: list[Environment | None] = [None]

    def prepare_once(environment: Environment | None) -> None:
        if environment is not None and environment is not known[0]:
            known[0] = environment
            prepare(environment)

    def make_prepared() -> Any:
        environment = make()
        prepare_once(environment)
        return environment

    def prepare_current() -> None:
        prepare_once(app.__dict__.get("jinja_env"))

    app.create_jinja_environment = make_prepared  # type: ignore[method-assign]
    prepare_current()
    return prepare_current
