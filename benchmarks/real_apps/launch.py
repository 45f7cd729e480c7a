"""Runs in the app's own environment: starts one app with one mode of the guard. No file of the app is changed."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import Any

from .apps import recipe_of
from .recipe import Guard, Place, Recipe

EVENTS = "garrison-events.jsonl"
FACTS = "garrison-facts.json"


def main() -> None:
    """Read the command line ``NAME MODE PORT FOLDER`` and start."""
    name, mode, port, folder = sys.argv[1:5]
    del sys.argv[1:]
    place = Place(Path(folder), int(port))
    recipe = recipe_of(name)
    recipe.start(place, guard_for(mode, recipe, place.folder))


def guard_for(mode: str, recipe: Recipe, folder: Path) -> Guard:
    """Return what adds Garrison in ``mode``; nothing for a bare run."""
    return (lambda app: None) if mode == "bare" else partial(_guard, mode, recipe, folder)


def _guard(mode: str, recipe: Recipe, folder: Path, app: Any) -> None:
    from flask_garrison import Garrison, events, view_policy

    log = (folder / EVENTS).open("a", encoding="utf-8")

    def write(event: events.SecurityEvent) -> None:
        log.write(event.as_json() + "\n")
        log.flush()

    events.subscribe(write)
    adopted = mode == "adopted"
    Garrison(app, mode="observe" if mode == "observe" else "enforce", **(recipe.lines if adopted else {}))
    for endpoint, settings in recipe.views.items() if adopted else ():
        view_policy(**settings)(app.view_functions[endpoint])
    (folder / FACTS).write_text(json.dumps(_facts(app)))


def _facts(app: Any) -> dict[str, object]:
    """Return how many controls enforce under the app's policy, and how many endpoints the app has."""
    from flask_garrison.policy import GUARDED_CONTROLS

    policy = app.extensions["garrison"].policy
    enforcing = [control for control in GUARDED_CONTROLS if policy.mode_of(control) == "enforce"]
    return {
        "controls": len(GUARDED_CONTROLS),
        "enforcing": len(enforcing),
        "endpoints": len({rule.endpoint for rule in app.url_map.iter_rules()}),
    }
