"""Which rule answers which item of the runtime audit: the page ``docs/runtime-coverage.md``, made from the rules."""

from __future__ import annotations

from collections import defaultdict

from .catalogue import all_checks
from .runtime_items import ITEMS

NOT_DONE = "not done"


def rules_by_item() -> dict[int, list[str]]:
    """Return the ids of the rules that answer each item; items without one are not in it."""
    found: dict[int, list[str]] = defaultdict(list)
    for identifier, check in all_checks().items():
        for number in check.rule.items:
            found[number].append(identifier)
    return dict(found)


def answer_to(number: int, rules: dict[int, list[str]]) -> str:
    """Return who answers one item, in Markdown."""
    if number in rules:
        return ", ".join(f"[`{rule}`](rules/{rule}.md)" for rule in rules[number])
    return ITEMS[number][1] or NOT_DONE


def page() -> str:
    """Return the whole page, in Markdown."""
    rules = rules_by_item()
    rows = [f"| {number} | {ITEMS[number][0]} | {answer_to(number, rules)} |" for number in ITEMS]
    answered = sum(number in rules for number in ITEMS)
    return "\n".join([*_head(answered), *rows]) + "\n"


def _head(answered: int) -> list[str]:
    return [
        "# What the runtime audit looks at",
        "",
        f"{len(ITEMS)} items, of which {answered} are answered by rules of this version. Each rule's page says what it",
        "looks at; an item can need several rules, and a rule can answer a part of an item.",
        "",
        "This page is made from the rules: `python -m flask_garrison.audit.pages docs`.",
        "",
        "| | item | answered by |",
        "|---:|---|---|",
    ]
