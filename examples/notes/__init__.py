"""Notes: a small team keeps its notes here. Vulnerable on purpose, in ways in which honest apps are; see README.md."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from typing import Any

from flask import Flask

from . import accounts, api, database, errors, pages


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Return the app; without ``DATABASE`` its notes live in the instance folder."""
    app = Flask(__name__)
    app.config.from_mapping(
        SECRET_KEY=os.environ.get("SECRET_KEY") or secrets.token_hex(),
        DATABASE=os.path.join(app.instance_path, "notes.sqlite"),
        MAIL_URL=os.environ.get("MAIL_URL", "smtp://notes:Blue-Harbour-77@127.0.0.1:1"),
    )
    app.config.update(config or {})
    database.init_app(app)
    for module in (accounts, pages, api):
        app.register_blueprint(module.blueprint)
    errors.init_app(app)
    return app
