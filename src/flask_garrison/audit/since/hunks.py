"""What differs between two versions of a file, by the lines of the newer one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_LINE_END = re.compile(rb"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Hunks:
    """The differences.

    Attributes:
        lines: Lines that were added or changed, from 1; ``None``: all of them, the file is new.
        gaps: Lines in front of which others were taken out.
    """

    lines: frozenset[int] | None
    gaps: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        """Return whether anything differs."""
        return self.lines is None or bool(self.lines or self.gaps)

    def has(self, line: int) -> bool:
        """Return whether a line was added or changed."""
        return self.lines is None or line in self.lines

    def touch(self, first: int, last: int) -> bool:
        """Return whether anything was added, changed or taken out between two lines, these included."""
        if self.lines is None:
            return True
        return any(first <= line <= last for line in self.lines) or any(first < gap <= last for gap in self.gaps)


NEW = Hunks(None)


def hunks_of(old: bytes, new: bytes) -> Hunks:
    """Compare two versions; how lines end makes no difference."""
    if old == new:
        return Hunks(frozenset())
    before, after = _LINE_END.split(old), _LINE_END.split(new)
    head = _same(before, after)
    tail = min(_same(before[::-1], after[::-1]), len(before) - head, len(after) - head)
    matcher = SequenceMatcher(None, before[head : len(before) - tail], after[head : len(after) - tail])
    lines: set[int] = set()
    gaps: set[int] = set()
    for tag, _, _, start, end in matcher.get_opcodes():
        if tag == "delete":
            gaps.add(head + start + 1)
        elif tag != "equal":
            lines.update(range(head + start + 1, head + end + 1))
    return Hunks(frozenset(lines), frozenset(gaps))


def _same(one: list[bytes], other: list[bytes]) -> int:
    """Return how many lines are the same at the beginning."""
    return next(
        (n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other))
    )
