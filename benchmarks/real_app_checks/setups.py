"""What must be otherwise for a check than for a run that serves: nothing listens, and no browser fills in a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from real_apps.recipe import Place

Setup = Callable[[Place], None]
VARIABLE = "REAL_APP_PASSWORD"
"""Environment variable with the password of the user who is logged in."""


def _nothing_served(place: Place) -> None:
    """Serve no page to be watched: a server on loopback is more than a check lets an app have."""
    from real_apps.apps import changedetection

    changedetection._changing_page = lambda: "http://watched.example/"  # type: ignore[attr-defined]


def _library_named(place: Place) -> None:
    """Name the library as the form of the first visit does."""
    from cps import calibre_db, config, db, ub
    from real_apps.apps.calibreweb import LIBRARY

    config.config_calibre_dir = str(place.folder / LIBRARY)
    calibre_db.setup_db(config.config_calibre_dir, ub.app_DB_path)
    config.store_calibre_uuid(calibre_db, db.Library_Id)
    calibre_db.update_config(config, config.config_calibre_dir, ub.app_DB_path)
    config.save()


BEFORE: Mapping[str, Setup] = {"changedetection": _nothing_served}
"""Called before the app is started."""
AFTER: Mapping[str, Setup] = {"calibreweb": _library_named}
"""Called when the app is complete."""


def user_of(name: str) -> tuple[str, str] | None:
    """Return name and password of the user whom an app's recipe logs in, or ``None`` where it logs in nobody."""
    recipe = import_module(f"real_apps.apps.{name}")
    return (recipe.USER, recipe.PASSWORD) if hasattr(recipe, "PASSWORD") else None
