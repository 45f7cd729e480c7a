"""Proof in an application's own tests: a client as a user, one as an attacker, and every guard put to the test.

    def test_the_gate(app):
        assert_guarded(app)

The pytest plugin brings the same as the fixtures ``garrison_user``, ``garrison_attacker`` and ``assert_guarded``.
pytest loads it in every run of an environment, so nothing is imported here before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .clients import Attacker, User
    from .guarded import assert_guarded
    from .hole import Hole

__all__ = ["Attacker", "Hole", "User", "assert_guarded"]
_HOMES = {"Attacker": "clients", "Hole": "hole", "User": "clients", "assert_guarded": "guarded"}


def __getattr__(name: str) -> object:
    """Load a public name at its first use."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
