"""Rules: well formed, tied to the catalogue of controls and to settings that exist."""

from __future__ import annotations

import re

import pytest

from flask_garrison.audit.catalogue import all_checks, checks_that_read
from flask_garrison.audit.rule import KINDS, Rule
from flask_garrison.controls import Face, Promise, catalogue
from flask_garrison.policy import Policy

RULES = [check.rule for check in all_checks().values()]
every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)


def test_rules_are_found_by_walking_the_package() -> None:
    assert list(all_checks()) == sorted(all_checks())
    assert {"access.weak-secret-key", "headers.inline-event-handler", "inputs.csrf-exemption"} <= set(all_checks())
    assert [check.rule.id for check in checks_that_read("tag")] == [
        "headers.inline-event-handler",
        "headers.javascript-url",
        "headers.style-attribute",
    ]


@every_rule
def test_id_and_kind_have_their_form(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+\.[a-z0-9]+(-[a-z0-9]+)*", rule.id)
    assert rule.kind in KINDS


@every_rule
def test_control_is_one_of_the_catalogue_in_the_same_chapter(rule: Rule) -> None:
    control = catalogue()[rule.control]
    assert control.chapter == rule.id.partition(".")[0]
    assert control.promise(Face.AUDIT) is not Promise.NONE


@every_rule
def test_requirements_and_weaknesses_have_their_form(rule: Rule) -> None:
    assert rule.cwe and all(isinstance(number, int) for number in rule.cwe)
    assert all(re.fullmatch(r"V\d+\.\d+\.\d+", requirement) for requirement in rule.asvs)


@every_rule
def test_items_are_numbers_of_the_list(rule: Rule) -> None:
    assert all(1 <= number <= 140 for number in rule.items)


@every_rule
def test_lesson_is_a_lab_of_the_catalogue(rule: Rule) -> None:
    assert rule.lesson is None or rule.lesson in {control.lab for control in catalogue().values()}


@every_rule
def test_setting_that_lives_with_it_exists(rule: Rule) -> None:
    if rule.allows:
        base = {"Policy": Policy, "Policy.strict": Policy.strict}[rule.policy]
        assert getattr(base(**{rule.allows: ["shop"]}), rule.allows) == ("shop",)


@every_rule
def test_what_is_seen_in_answers_is_a_rule_on_answers(rule: Rule) -> None:
    # What stands in the code may be seen in the loaded application already.
    readers = {"answers", "app"} if rule.kind == "code" else {"answers"}
    assert all(all_checks()[name].reads in readers for name in (*rule.seen_by, *rule.tested_by))
