"""The engine: a rule that fails is not a clean one, and one cause is one finding."""

from __future__ import annotations

import pytest

from flask_garrison.audit import engine
from flask_garrison.audit.catalogue import all_checks
from flask_garrison.audit.engine import Outcome, finding_of, judge
from flask_garrison.audit.rule import Check, Match, Rule, Unchecked
from flask_garrison.findings import NotChecked

SEEN, CAUSE = "headers.csp-missing", "headers.talisman-without-csp"


def rule(identifier: str) -> Rule:
    return all_checks()[identifier].rule


def outcome(*rules: str) -> Outcome:
    return Outcome([finding_of(rule(name), Match(name)) for name in rules], ran=set(rules))


def test_one_cause_is_one_finding_where_its_effect_was_seen() -> None:
    settled = outcome(CAUSE, SEEN).settled()
    assert [finding.rule for finding in settled.findings] == [SEEN]
    assert CAUSE in settled.not_applicable
    assert settled.passed == set()


def test_a_cause_whose_effect_was_not_seen_stays() -> None:
    assert [finding.rule for finding in outcome(CAUSE).settled().findings] == [CAUSE]


def test_what_answers_tried_decides_over_what_the_configuration_says() -> None:
    concluded, tried = "transport.undeclared-hosts", "transport.foreign-host-answered"
    found = outcome(concluded)
    assert [finding.rule for finding in found.settled().findings] == [concluded]
    found.add(Outcome(not_checked=[NotChecked(what="a", reason="b", how_to_include="c", rule=concluded)], ran={tried}))
    settled = found.settled()
    assert (settled.findings, settled.not_checked) == ([], [])
    assert concluded in settled.not_applicable
    assert settled.passed == {tried}


def test_a_rule_that_failed_or_could_not_look_decides_nothing() -> None:
    concluded, tried = "transport.undeclared-hosts", "transport.foreign-host-answered"
    found = outcome(concluded)
    found.add(Outcome(not_checked=[NotChecked(what="a", reason="b", how_to_include="c", rule=tried)], ran={tried}))
    settled = found.settled()
    assert [finding.rule for finding in settled.findings] == [concluded]
    assert [entry.rule for entry in settled.not_checked] == [tried]


def _judged(monkeypatch: pytest.MonkeyPatch, check: Check[object]) -> Outcome:
    monkeypatch.setattr(engine, "checks_that_read", lambda reads: [check])
    return judge("app", object())


def test_a_rule_that_fails_is_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(subject: object) -> list[Match]:
        raise KeyError("a secret that must not be shown")

    seen = _judged(monkeypatch, Check(rule(SEEN), find, "app"))
    assert (seen.findings, seen.passed) == ([], set())
    assert "KeyError at find" in seen.not_checked[0].reason
    assert "secret" not in seen.not_checked[0].reason


def test_what_a_rule_cannot_look_at_is_not_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = _judged(monkeypatch, Check(rule(SEEN), lambda subject: [Unchecked("x", "y", "z")], "app"))
    assert (seen.passed, seen.not_checked[0].rule) == (set(), SEEN)


def test_a_rule_with_nothing_to_look_at_is_not_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = _judged(monkeypatch, Check(rule(SEEN), lambda subject: [], "app", needs=lambda subject: False))
    assert (seen.passed, seen.ran, seen.not_applicable) == (set(), set(), {SEEN})
