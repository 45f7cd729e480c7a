"""Every rule, found by walking the package ``rules``: adding a rule means adding a function there, and nothing else."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from typing import Any

from ..errors import TargetError, nearest
from . import rules as package
from .rule import Check, Reads, Rule


@functools.cache
def every_check() -> tuple[Check[Any], ...]:
    """Return every function of every rule: a rule of code can listen in more than one way."""
    found: dict[Check[Any], None] = {}
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, Check):
                found[value] = None
    # Where a rule reads both an application and its code, the application is the better witness: it comes last.
    return tuple(sorted(found, key=lambda check: (check.rule.id, check.reads != "views")))


@functools.cache
def all_checks() -> dict[str, Check[Any]]:
    """Return every rule with its function, or the last of several, by id, in the order of the ids."""
    return {check.rule.id: check for check in every_check()}


def checks_that_read(subject: Reads) -> list[Check[Any]]:
    """Return the rules whose functions are given one kind of subject."""
    return [check for check in all_checks().values() if check.reads == subject]


def chapters_that_read(subject: Reads) -> tuple[str, ...]:
    """Return the slugs of the chapters with such rules: what cannot be read concerns these."""
    return tuple(sorted({check.rule.id.partition(".")[0] for check in checks_that_read(subject)}))


def rule_named(identifier: str) -> Rule:
    """Return one rule.

    Raises:
        TargetError: for an unknown id; the message names the nearest one.
    """
    known = all_checks()
    if identifier not in known:
        like = nearest(identifier, known)
        hint = f" Did you mean {like!r}?" if like else " `garrison rules` lists all."
        raise TargetError(f"There is no rule {identifier!r}.{hint}")
    return known[identifier].rule
