"""Things that are said once a window."""

from __future__ import annotations

import pytest

from flask_garrison.guard.limits import once


def test_a_thing_is_new_once_a_window_and_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(once.time, "monotonic", lambda: now[0])
    said = once.OncePerWindow()
    assert [said.is_new("a", 60), said.is_new("a", 60), said.is_new("b", 60)] == [True, False, True]
    now[0] += 60
    assert said.is_new("a", 60)
    for number in range(3 * once.LIMIT):
        said.is_new(str(number), 60)
    assert len(said._until) <= once.LIMIT
