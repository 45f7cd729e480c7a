"""Runs in the app's own environment: a factory that makes an app as its recipe does, and stops before it serves."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from real_apps.apps import recipe_of
from real_apps.launch import guard_for
from real_apps.recipe import Guard, Place

from .setups import AFTER, BEFORE

PORT = 5000
"""Part of the addresses that an app is told; nothing listens."""


class Complete(BaseException):
    """The app is complete. No ``Exception``: an app's start sequence may catch those."""


def create_app(name: str, mode: str) -> Any:
    """Return the Flask application of a recipe, in an empty folder of its own.

    Args:
        mode: As for :func:`real_apps.launch.guard_for`: ``bare``, or ``adopted`` for Garrison with the recipe's lines.
    """
    recipe, place = recipe_of(name), Place(Path(tempfile.mkdtemp()), PORT)
    made: list[Any] = []
    if name in BEFORE:
        BEFORE[name](place)
    try:
        recipe.start(place, _ending_with(made, guard_for(mode, recipe, place.folder)))
    except Complete:
        if name in AFTER:
            AFTER[name](place)
        return made[0]
    raise RuntimeError(f"{name} did not get as far as an application")


def _ending_with(made: list[Any], guard: Guard) -> Guard:
    """Return a guard that ends the start sequence once the app is guarded."""

    def take(app: Any) -> None:
        guard(app)
        made.append(app)
        raise Complete

    return take
