"""The recipes: one file an app, each with a ``RECIPE``. Adding an app means adding one file and a part of the lock."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from ..recipe import Recipe


def names() -> list[str]:
    """Return the names of all recipes."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def recipe_of(name: str) -> Recipe:
    """Load one recipe."""
    recipe: Recipe = import_module(f"{__name__}.{name}").RECIPE
    return recipe
