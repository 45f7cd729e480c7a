"""Browser tests that visit ``http://shop.test`` are about pages without HTTPS: there the guard must not redirect."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.datastructures import ImmutableDict


@pytest.fixture(autouse=True)
def plain_http_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let applications of these tests answer over plain HTTP; ``tests/guard/test_https.py`` is about that guard."""
    config = ImmutableDict({**Flask.default_config, "GARRISON_MODES": {"transport.https-only": "off"}})
    monkeypatch.setattr(Flask, "default_config", config)
