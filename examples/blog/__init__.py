"""A blog as many are: it works, it is tidy, and nobody has looked at its defences yet.

``docs/howto/from-first-check-to-clean.md`` takes it from there, step by step.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Flask

from . import database, pages, writing


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Return the blog; without ``DATABASE`` it lives in the instance folder."""
    app = Flask(__name__)
    app.config.from_mapping(
        SECRET_KEY=os.environ.get("SECRET_KEY", "dev"),
        DATABASE=os.path.join(app.instance_path, "blog.sqlite"),
        UPLOAD_FOLDER=os.path.join(app.static_folder or "", "uploads"),
        PERMANENT_SESSION_LIFETIME=timedelta(days=365),
    )
    app.config.update(config or {})
    database.init_app(app)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(writing.blueprint)
    app.register_error_handler(500, pages.broken)
    return app
