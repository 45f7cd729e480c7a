"""What tests of rules share: an application to inspect, and what one rule says of it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from flask_garrison.audit.catalogue import all_checks
from flask_garrison.audit.inspected import Inspected
from flask_garrison.audit.observed import Observed
from flask_garrison.audit.rule import Match, Unchecked
from flask_garrison.target.answers import Answer

KEY = "6f1d0c9b4f7e4a2b8d53a7c0e1b94f26"


def make(**config: Any) -> Flask:
    """Return an application with a good key and these settings."""
    app = Flask("shop")
    app.config.update({"SECRET_KEY": KEY, **config})
    return app


def inspected(
    app: Flask, *, root: Path | None = None, environ: Mapping[str, str] | None = None, server_config: Path | None = None
) -> Inspected:
    """Return an application as rules see it."""
    return Inspected(app, root or Path.cwd(), os.environ if environ is None else environ, server_config)


def said(rule: str, subject: Any) -> list[Match | Unchecked] | None:
    """Return what one rule says, or ``None`` where it is not applicable."""
    check = all_checks()[rule]
    if check.needs is not None and not check.needs(subject):
        return None
    return list(check(subject))


def of_app(rule: str, app: Flask, **options: Any) -> list[Match | Unchecked] | None:
    """Return what a rule that reads the application says of ``app``."""
    return said(rule, inspected(app, **options))


def of_answers(rule: str, app: Flask, *answers: Answer) -> list[Match | Unchecked] | None:
    """Return what a rule that reads answers says of these."""
    return said(rule, Observed(inspected(app), answers))
