"""The list of requirements: complete, each a question, and what it names exists."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from flask_garrison.audit.catalogue import all_checks
from flask_garrison.check.asvs.known import FEATURES
from flask_garrison.check.asvs.page import page
from flask_garrison.check.asvs.requirements import Asked, requirements
from flask_garrison.controls import Promise, catalogue
from flask_garrison.findings.asvs import CHAPTERS

ROOT = Path(__file__).parents[3]

LEVELS = """
1.1 22  1.2 111112222  1.3 11222222222  1.4 222  1.5 12
2.1 122  2.2 112  2.3 1222  2.4 2
3.2 11  3.3 1222  3.4 112222  3.5 11122  3.7 22
4.1 122  4.2 2  4.3 22  4.4 1222
5.1 2  5.2 112  5.3 11  5.4 222
6.1 122  6.2 111111112222  6.3 1122  6.4 1122  6.5 22222  6.6 222  6.8 2222
7.1 222  7.2 1111  7.3 22  7.4 11222  7.5 22  7.6 22
8.1 12  8.2 112  8.3 1  8.4 2
9.1 111  9.2 1222
10.1 22  10.2 22  10.3 2222  10.4 11111222222  10.5 22222  10.6 22  10.7 222
11.1 22  11.2 222  11.3 112  11.4 1222  11.5 2  11.6 2
12.1 122  12.2 11  12.3 2222
13.1 2  13.2 22222  13.3 22  13.4 12222
14.1 22  14.2 1222  14.3 122
15.1 122  15.2 122  15.3 1222222
16.1 2  16.2 22222  16.3 2222  16.4 222  16.5 222
17.1 2  17.2 2222  17.3 22
"""
"""The levels of the requirements 1, 2, 3 ... of each section, as the standard numbers them."""


def _expected() -> list[tuple[str, int]]:
    words = LEVELS.split()
    sections = zip(words[::2], words[1::2], strict=True)
    return [(f"V{section}.{n}", int(level)) for section, levels in sections for n, level in enumerate(levels, 1)]


def test_every_requirement_of_levels_1_and_2_once_in_order() -> None:
    assert [(one.id, one.level) for one in requirements()] == _expected()
    assert Counter(one.level for one in requirements()) == {1: 70, 2: 183}


def test_every_requirement_belongs_to_a_chapter() -> None:
    assert {int(one.id[1:].partition(".")[0]) for one in requirements()} == set(CHAPTERS)


@pytest.mark.parametrize("one", requirements(), ids=lambda one: one.id)
def test_question(one: Asked) -> None:
    assert one.question.endswith("?")
    assert one.question.count("?") == 1
    # A question that can be answered by yes or no begins with a verb, or with the case in which it arises.
    assert one.question.split()[0] in {
        "Is", "Are", "Does", "Do", "Has", "Have", "Can", "May", "Must", "Where", "With", "If", "After"
    }  # fmt: skip
    assert 5 <= len(one.question.split()) <= 40


def test_questions_differ() -> None:
    assert len({one.question for one in requirements()}) == 253


@pytest.mark.parametrize("one", [one for one in requirements() if one.rules], ids=lambda one: one.id)
def test_rules_exist_and_say_so_themselves(one: Asked) -> None:
    for rule in one.rules:
        assert rule in all_checks()
    # At least one of them names the requirement, so that its finding makes it "not met".
    assert any(one.id in all_checks()[rule].rule.asvs for rule in one.rules)
    assert len(set(one.rules)) == len(one.rules)


def test_controls_are_enforced_by_garrison() -> None:
    for one in requirements():
        for control in one.covering - {""}:
            assert catalogue()[control].enforce is Promise.BUILT


def test_every_feature_is_known_and_needed() -> None:
    assert {one.feature for one in requirements()} - {""} == set(FEATURES)


def test_every_requirement_that_a_rule_names_is_one_of_the_standard() -> None:
    """Rules may name requirements of level 3 too; a typing error would be none of any level."""
    highest = {"V1": 5, "V2": 4, "V3": 7, "V4": 4, "V5": 4, "V6": 8, "V7": 6, "V8": 4, "V9": 2, "V10": 7, "V11": 7}
    highest |= {"V12": 3, "V13": 4, "V14": 3, "V15": 4, "V16": 5, "V17": 3}
    for check in all_checks().values():
        for identifier in check.rule.asvs:
            chapter, section, number = identifier.split(".")
            assert 1 <= int(section) <= highest[chapter], (check.rule.id, identifier)
            assert int(number) >= 1


def test_page() -> None:
    assert (ROOT / "docs" / "asvs.md").read_text("utf-8") == page()
