"""docs/defaults.md is what the code does: every setting of every preset."""

from __future__ import annotations

from pathlib import Path

from flask_garrison.policy.page import defaults_page

PAGE = Path(__file__).parents[2] / "docs" / "defaults.md"


def test_the_page_is_held_against_the_code() -> None:
    assert PAGE.read_text() == defaults_page(), "Run: python -m flask_garrison.policy.page > docs/defaults.md"
