"""Workers that accept pickles are found by what Celery says of itself."""

from __future__ import annotations

from typing import Any

from celery import Celery
from flask import Flask

from tests.audit.shorthand import titles
from tests.audit.support import make

RULE = "inputs.pickled-tasks"


def queued(**settings: Any) -> Flask:
    app = make()
    celery = Celery("shop", set_as_current=False)
    celery.conf.update(settings)
    app.extensions["celery"] = celery
    return app


def test_tasks_as_pickles_are_found() -> None:
    assert titles(RULE, queued(accept_content=["json", "pickle"])) == ["high: Celery accepts pickles as tasks"]
    both = queued(accept_content=["application/x-python-serialize"], result_accept_content=["pickle"])
    assert titles(RULE, both) == ["high: Celery accepts pickles as tasks", "medium: Celery accepts pickles as results"]


def test_celerys_default_is_none() -> None:
    assert titles(RULE, queued()) == []
