"""What is told of one app: how it is started, visited and looked into. Both sides import it, so it imports nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .visit import Visit

MODES = ("bare", "observe", "enforce", "adopted")
"""``adopted``: enforce, with the policy lines of the recipe."""
ENFORCING = MODES[2:]
Lines = Mapping[str, tuple[str, ...]]
"""Policy settings, each with the endpoints or origins that it names."""
Views = Mapping[str, Mapping[str, Any]]
"""Endpoints, each with what ``view_policy`` declares for its view; marked from outside, the app is not edited."""


@dataclass(frozen=True)
class Place:
    """Where one run of an app lives: an empty folder of its own, and a port of 127.0.0.1."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        """Where the app answers, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"


Guard = Callable[[Any], None]
"""Adds Garrison to a Flask application, or does nothing in a bare run."""


@dataclass(frozen=True)
class Recipe:
    """One app.

    Attributes:
        title: As its makers write it.
        distribution: What is installed, and whose version is reported; also the name of its part of the lock.
        start: Runs in the app's own environment: starts the app as its makers mean it, calls ``guard`` with the Flask
            application, and serves until the process is ended.
        visit: Opens the main pages in the browser, makes the one change, and sends and saves files.
        stored: Returns what the change left in the app's database or API.
        change: What the change is, in words for the report.
        lines: Policy lines that the app needs in enforce.
        views: Declarations for single views that it needs beside them.
        tolerated: Violations that break nothing, as ``directive blocked``, each with the reason why they do not.
        noise: Errors that come and go in bare runs too, as they stand in the record, each with its reason.
        opened: Controls whose question the app's own choice answers otherwise, each with the choice.
    """

    title: str
    distribution: str
    start: Callable[[Place, Guard], None]
    visit: Callable[[Visit], None]
    stored: Callable[[Place], object]
    change: str
    lines: Lines = field(default_factory=dict)
    views: Views = field(default_factory=dict)
    tolerated: Mapping[str, str] = field(default_factory=dict)
    noise: Mapping[str, str] = field(default_factory=dict)
    opened: Mapping[str, str] = field(default_factory=dict)

    @property
    def adopts(self) -> bool:
        """Whether the app needs anything said."""
        return bool(self.lines or self.views)


def serve(app: Any, place: Place) -> None:
    """Serve a WSGI application with waitress."""
    from waitress import serve as serve_forever

    serve_forever(app, host="127.0.0.1", port=place.port, threads=8)
