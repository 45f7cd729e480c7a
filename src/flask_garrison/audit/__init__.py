"""The audit: reads source, templates and configuration; sends no request and, given a path, runs no code."""

from __future__ import annotations

from .run import audit_app, audit_path

__all__ = ["audit_app", "audit_path"]
