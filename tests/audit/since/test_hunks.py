"""Differences by the lines of the newer version."""

from __future__ import annotations

import difflib

from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.audit.since.hunks import NEW, hunks_of


def test_lines_and_gaps() -> None:
    hunks = hunks_of(b"a\nb\nc\nd\n", b"a\nx\nd\ne\n")
    assert (sorted(hunks.lines or ()), sorted(hunks.gaps)) == ([2, 4], [])
    gone = hunks_of(b"a\nb\nc\n", b"a\nc\n")
    assert (gone.lines, gone.gaps) == (frozenset(), frozenset({2}))
    assert gone.touch(1, 2)
    assert not gone.touch(2, 3)
    assert NEW.has(7)
    assert not hunks_of(b"a\r\nb", b"a\nb")


LINES = st.lists(st.sampled_from([b"a", b"b", b"c", b""]), max_size=12).map(b"\n".join)


@given(LINES, LINES)
def test_lines_that_are_no_hunk_are_in_both(old: bytes, new: bytes) -> None:
    hunks = hunks_of(old, new)
    same = [line for number, line in enumerate(new.split(b"\n"), 1) if not hunks.has(number)]
    before = old.split(b"\n")
    blocks = difflib.SequenceMatcher(None, before, same, autojunk=False).get_matching_blocks()
    assert sum(block.size for block in blocks) <= len(before)
    iterator = iter(before)
    assert all(line in iterator for line in same)
    assert bool(hunks) == (old != new)
