"""What tests of ``garrison check`` share: a run over an application in this process."""

from __future__ import annotations

from typing import Any

from flask import Flask

from flask_garrison.check.addresses import Addresses
from flask_garrison.check.routes import Routes
from flask_garrison.check.visits import Seen, Wishes, visit
from flask_garrison.target.answers import Answer
from flask_garrison.target.choices import Choices


def visited(app: Flask, **wishes: Any) -> Seen:
    """Return what a run over ``app`` sees."""
    return visit(app, Wishes(**wishes), lambda words: None)


def routes(app: Flask, **choices: Any) -> Routes:
    """Return the routes of ``app``."""
    return Routes(app, Choices(**choices), Addresses(app))


def of_case(seen: Seen, case: str) -> list[Answer]:
    """Return the answers of one case."""
    return [answer for answer in seen.answers if answer.case == case]


def shown(answers: list[Answer]) -> list[str]:
    """Return answers, each in one line."""
    return [answer.shown for answer in answers]


def missed(seen: Seen) -> list[tuple[str, str]]:
    """Return what was not checked, and why."""
    return [(entry.what, entry.reason) for entry in seen.not_checked]
