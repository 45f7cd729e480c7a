"""The app under test: how it is loaded, and what its project says about it."""

from __future__ import annotations

from .loading import load_app, resolve
from .project import Accept, Ignore, Project, find_project

__all__ = ["Accept", "Ignore", "Project", "find_project", "load_app", "resolve"]
