"""The pytest plugin: fixtures on top of the project's own fixture ``app``. It imports nothing before they are used."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from flask import Flask

    from .clients import Attacker, User


@pytest.fixture
def garrison_user(app: Flask) -> User:
    """A browser on a page of the application, over HTTPS, under a declared host; it keeps cookies."""
    from .clients import User

    return User(app)


@pytest.fixture
def garrison_attacker(app: Flask, garrison_user: User) -> Attacker:
    """A page of https://evil.example in the browser of ``garrison_user``: that browser's cookies go along."""
    from .clients import Attacker

    return Attacker(app, garrison_user)


@pytest.fixture(name="assert_guarded")
def _assert_guarded() -> Callable[..., Any]:
    """The function ``assert_guarded(app, *, except_for={})``."""
    from .guarded import assert_guarded

    return assert_guarded
