"""Pages of rules: complete, and the same in the docs as on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from flask_garrison.audit.catalogue import all_checks, rule_named
from flask_garrison.audit.page import page
from flask_garrison.audit.rule import Rule

DOCS = Path(__file__).parents[2] / "docs" / "rules"
RULES = [check.rule for check in all_checks().values()]

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)


@every_rule
def test_docs_hold_what_explain_prints(rule: Rule) -> None:
    """Write them anew with ``python -m flask_garrison.audit.pages docs``."""
    assert (DOCS / f"{rule.id}.md").read_text("utf-8") == page(rule)


def test_docs_hold_no_other_pages() -> None:
    assert {path.stem for path in DOCS.glob("*.md")} == {rule.id for rule in RULES} | {"index"}


@every_rule
def test_page_has_every_part(rule: Rule) -> None:
    text = page(rule)
    for part in (
        rule.title,
        rule.why.split("<")[0],
        rule.before,
        rule.after,
        rule.guard,
        f"| Severity | {rule.severity.label} |",
    ):
        assert part in text
    assert all(f"CWE | [{number}]" in text or f"[{number}](" in text for number in rule.cwe)


@every_rule
def test_page_shows_the_line_for_the_policy_where_there_is_one(rule: Rule) -> None:
    assert ("## Live with it" in page(rule)) == bool(rule.allows)
    assert rule.allows in page(rule)


def test_unknown_rule_names_the_nearest() -> None:
    with pytest.raises(Exception, match=r"Did you mean 'headers\.javascript-url'"):
        rule_named("headers.javascript-urls")
