"""The benchmark of ``garrison check`` measures an application that can be checked whole."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from flask_garrison.target.users import User

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("guarded", [False, True])
def test_every_route_is_asked(guarded: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    monkeypatch.delitem(sys.modules, "check", raising=False)
    from check import measure  # type: ignore[import-not-found]

    report = measure(10, guarded=guarded, users=[User(name="ada", password="benchmark")])
    assert report.looked_at["routes"] == 12
    assert [entry.what for entry in report.not_checked if entry.rule is None] == []
