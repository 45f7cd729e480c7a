"""Every repair, found by walking the package ``chapters``."""

from __future__ import annotations

import functools
import importlib
import pkgutil

from . import chapters as package
from .model import Fix


@functools.cache
def all_fixes() -> tuple[Fix, ...]:
    """Return every repair."""
    found: list[Fix] = []
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        found += [value for value in vars(importlib.import_module(module.name)).values() if isinstance(value, Fix)]
    return tuple(found)


def fixes_of(rule: str) -> list[Fix]:
    """Return the repairs for the findings of a rule."""
    return [fix for fix in all_fixes() if rule in fix.rules]
