"""Reads Python code and Jinja templates as an interpreter would, without running them: what reaches what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._lazy import at_first_use

if TYPE_CHECKING:
    from .inspect import inspect_code, inspect_modules

__all__ = ["inspect_code", "inspect_modules"]

__getattr__ = at_first_use(__name__, {"inspect_code": "inspect", "inspect_modules": "inspect"})
