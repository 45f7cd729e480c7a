"""Words that differ by one slip of the hand: a letter more, less, other, or two that changed places."""

from __future__ import annotations

from collections.abc import Iterable


def near(name: str, known: Iterable[str]) -> str | None:
    """Return the known name from which ``name`` differs by one slip or by underscores alone, or ``None``.

    A digit more or other is no slip: ``REDIS_URL2`` is a second one.
    """
    for other in sorted(known):
        if name != other and (_joined(name) == _joined(other) or _is_one_slip(name, other)):
            return other
    return None


def _joined(name: str) -> str:
    return name.replace("_", "")


def _is_one_slip(left: str, right: str) -> bool:
    if abs(len(left) - len(right)) > 1:
        return False
    start = _common(left, right)
    end = _common(left[start:][::-1], right[start:][::-1])
    mine, theirs = left[start : len(left) - end], right[start : len(right) - end]
    if any(char.isdigit() for char in mine + theirs):
        return False
    return max(len(mine), len(theirs)) <= 1 or (len(mine) == 2 and mine == theirs[::-1])


def _common(left: str, right: str) -> int:
    """Return how many first letters two texts have in common."""
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count
