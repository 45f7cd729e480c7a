"""Reads Python code and Jinja templates as an interpreter would, without running them: what reaches what."""

from __future__ import annotations

from .inspect import inspect_code, inspect_modules

__all__ = ["inspect_code", "inspect_modules"]
