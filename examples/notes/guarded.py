"""The same app with one line more: ``flask --app notes.guarded run``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask

from flask_garrison import Garrison

from . import create_app as create_bare_app


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    app = create_bare_app(config)
    Garrison(app)
    return app
