"""Finds the example app and builds it, bare and guarded."""

from __future__ import annotations

import importlib
import importlib.util
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from flask import Flask

from ..errors import TargetError

MODULE = "garrison_example_notes"
PASSWORDS = {"ada": "engine-1843", "ben": "kite-and-key", "mallory": "let-me-in"}
MAIL_PASSWORD = "Blue-Harbour-77"  # noqa: S105 - made up, and the attacker's prize
MAIL_URL = f"smtp://notes:{MAIL_PASSWORD}@127.0.0.1:1"


def folder() -> Path:
    """Return the folder of the example app: in the wheel, or in the repository of an editable install.

    Raises:
        TargetError: if neither is there.
    """
    package = Path(__file__).resolve().parent.parent
    places = (package / "_examples" / "notes", package.parent.parent / "examples" / "notes")
    for place in places:
        if (place / "__init__.py").is_file():
            return place
    raise TargetError(f"The example app is neither in {places[0]} nor in {places[1]}; install flask-garrison anew.")


def build(database: Path, *, guarded: bool) -> Flask:
    """Return the app with a database of its own, made anew; ``guarded`` adds the one line and nothing else."""
    module = _load()
    factory = importlib.import_module(f"{MODULE}.guarded").create_app if guarded else module.create_app
    app: Flask = factory({"DATABASE": str(database), "MAIL_URL": MAIL_URL})
    return app


def _load() -> ModuleType:
    # Under a name of its own: "notes" may be anybody's module.
    if MODULE in sys.modules:
        return sys.modules[MODULE]
    place = folder()
    source, inside = place / "__init__.py", [str(place)]
    spec = importlib.util.spec_from_file_location(MODULE, source, submodule_search_locations=inside)
    if spec is None or spec.loader is None:
        raise TargetError(f"{place} cannot be imported.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[MODULE] = module
    spec.loader.exec_module(module)
    return module


@contextmanager
def logging_to(path: Path) -> Iterator[None]:
    """Send what the app itself logs (tracebacks of the attacks) to a file instead of the terminal."""
    logger = logging.getLogger(MODULE)
    handler = logging.FileHandler(path, encoding="utf-8", delay=True)
    propagate = logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate
        handler.close()
