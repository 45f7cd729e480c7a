"""Where there is no browser, the demo says how to get one and goes on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flask_garrison.demo import chromium


def reason(wanted: bool = True) -> str:
    said: list[str] = []
    with chromium.opened(wanted, said.append) as browser:
        assert browser is None
    (words,) = said
    return words


def test_not_wanted() -> None:
    assert reason(wanted=False) == "No browser, as asked."


def test_no_chromium(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "apt-get install chromium" in reason()


def test_no_playwright(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium, "find", lambda: "/usr/bin/chromium")
    monkeypatch.setattr(chromium, "find_spec", lambda name: None)
    assert 'pip install "flask-garrison[demo]"' in reason()


def test_a_chromium_that_does_not_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("playwright.sync_api")
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(chromium, "find", lambda: str(broken))
    assert f"{broken} does not start" in reason()


def test_the_sandbox_stays_on_unless_root(monkeypatch: pytest.MonkeyPatch) -> None:
    for user, expected in ((0, True), (1000, False)):
        monkeypatch.setattr(os, "geteuid", lambda user=user: user)
        assert ("--no-sandbox" in chromium._arguments()) is expected
