"""What is missing: the views of a project, what guards them, and what they do."""

from __future__ import annotations

from .building import views_of
from .model import SAFE, Decorator, View, Views, shown

__all__ = ["SAFE", "Decorator", "View", "Views", "shown", "views_of"]
