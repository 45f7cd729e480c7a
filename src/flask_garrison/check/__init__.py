"""The whole verdict: the audit of an application, and its answers to a request for every route and kind of status."""

from __future__ import annotations

from .run import check_app

__all__ = ["check_app"]
