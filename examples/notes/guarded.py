"""The same app with one line more: ``flask --app notes.guarded run``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask

from flask_garrison import Garrison

from . import create_app as create_bare_app


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    app = create_bare_app(config)
    # The names under which it is shown on one machine; a forged one is refused.
    Garrison(app, hosts=["127.0.0.1", "localhost"], proxies=0)
    return app
