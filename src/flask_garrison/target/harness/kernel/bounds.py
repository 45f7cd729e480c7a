"""Limits that the operating system itself holds."""

from __future__ import annotations

import math
import os
import resource
import sys

from ..outcome import Limits

_MIB = 1024 * 1024
_MORE_CPU = 10
"""Seconds of processor time beyond what the time limit lets; only a process whose parent died comes so far."""


def set_bounds(limits: Limits) -> list[str]:
    """Bound memory, processor time and the size of a file; return what is bounded, in words."""
    _bound(_memory(), limits.memory_mb * _MIB)
    _bound(resource.RLIMIT_CPU, math.ceil(limits.seconds) * (os.cpu_count() or 1) + _MORE_CPU)
    _bound(resource.RLIMIT_FSIZE, limits.copy_mb * _MIB)
    _bound(resource.RLIMIT_CORE, 0)
    return [f"memory {limits.memory_mb} MB", f"time {limits.seconds:g} seconds", f"files {limits.copy_mb} MB"]


def _memory() -> int:
    """Linux counts data; addresses that are only reserved, as many libraries do, are no memory."""
    return resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS


def _bound(kind: int, most: int) -> None:
    hard = resource.getrlimit(kind)[1]
    value = most if hard == resource.RLIM_INFINITY else min(most, hard)
    try:
        resource.setrlimit(kind, (value, value))
    except (OSError, ValueError):
        # Some systems refuse one or the other; the parent watches time and memory as well.
        return
