"""Whether the project that is read guards itself: what Garrison sees to at run time is not asked for in code."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .interpreter.machine import Machine


def guards(machine: Machine) -> bool:
    """Return whether a file of the project imports Flask-Garrison."""
    return machine.imports_garrison
