"""The page of items: complete, made from the rules, and honest about what no rule answers."""

from __future__ import annotations

from pathlib import Path

from flask_garrison.audit.coverage import answer_to, page, rules_by_item
from flask_garrison.audit.runtime_items import ITEMS

ROOT = Path(__file__).parents[2]


def test_every_number_has_its_item() -> None:
    assert list(ITEMS) == list(range(1, 141))


def test_the_page_is_what_the_rules_say() -> None:
    assert (ROOT / "docs" / "runtime-coverage.md").read_text() == page()


def test_at_least_a_hundred_items_are_answered_by_rules() -> None:
    assert len(rules_by_item()) >= 100


def test_what_no_rule_answers_says_so() -> None:
    assert answer_to(43, {}) == "code audit"
    assert answer_to(1, {}) == "not done"
    page_link = "[`access.weak-secret-key`](rules/access.weak-secret-key.md)"
    assert answer_to(1, {1: ["access.weak-secret-key"]}) == page_link
