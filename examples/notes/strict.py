"""The same app under the strict policy: ``flask --app notes.strict run``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask

from flask_garrison import Garrison, Policy

from . import create_app as create_bare_app

NAMES = ("127.0.0.1", "localhost", "notes.test")


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    app = create_bare_app(config)
    Garrison(app, Policy.strict(hosts=NAMES, proxies=0))
    return app
