"""The rules on what hides findings; the audit as a whole is in tests/audit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from flask_garrison.audit.catalogue import rule_named
from flask_garrison.audit.inline.comments import comments_of
from flask_garrison.audit.inline.directives import Directive, directive_of
from flask_garrison.audit.rule import Match
from flask_garrison.audit.rules.assessment.suppressions import (
    EXPIRED_SUPPRESSION,
    UNREADABLE_SUPPRESSION,
    UNREASONED_SUPPRESSION,
    UNUSED_SUPPRESSION,
    expired_suppressions,
    unreadable_suppressions,
    unreasoned_suppressions,
    unused_suppressions,
)
from flask_garrison.audit.suppressions import COMMENT, Usage
from flask_garrison.errors import TargetError
from flask_garrison.target.project import read_project


def usage(*, expired: bool = False, tested: bool = True, hits: int = 0) -> Usage:
    return Usage(table="ignore", line=1, subject="x", expired=expired, tested=tested, hits=hits)


@pytest.mark.parametrize(
    ("item", "expired", "unused"),
    [
        (usage(expired=True), True, False),
        (usage(expired=True, hits=1), True, False),
        (usage(), False, True),
        (usage(hits=1), False, False),
        (usage(tested=False), False, False),
    ],
)
def test_found(item: Usage, expired: bool, unused: bool) -> None:
    assert bool(list(expired_suppressions(item))) == expired
    assert bool(list(unused_suppressions(item))) == unused


def test_examples_of_the_pages_keep_to_the_schema(tmp_path: Path) -> None:
    file = tmp_path / "garrison.toml"
    for text, expired in ((EXPIRED_SUPPRESSION.before, True), (EXPIRED_SUPPRESSION.after, False)):
        file.write_text(text)
        assert read_project(file).ignores[0].expired(date(2030, 1, 1)) is expired
    file.write_text(UNUSED_SUPPRESSION.before)
    assert len(read_project(file).ignores) == 1


def comment(**more: str | bool) -> Usage:
    return Usage(table=COMMENT, line=1, subject="a.b in app.py", expired=False, tested=True, hits=1, **more)  # type: ignore[arg-type]


def test_comments_that_cannot_be_followed() -> None:
    assert list(unreadable_suppressions(comment(defect="it names no rule"))) == [
        Match("# garrison: ignore in app.py cannot be followed: it names no rule")
    ]
    assert list(unreadable_suppressions(comment())) == []


def test_comments_without_a_reason() -> None:
    assert list(unreasoned_suppressions(comment(unreasoned=True))) == [
        Match("# garrison: ignore without a reason: a.b in app.py")
    ]
    assert list(unreasoned_suppressions(comment())) == []


def directive(source: str) -> Directive:
    found = directive_of(*comments_of(source)[0])
    assert found is not None
    return found


def test_examples_of_the_pages_on_comments() -> None:
    with pytest.raises(TargetError):
        rule_named(directive(UNREADABLE_SUPPRESSION.before).rules[0])
    assert directive(UNREASONED_SUPPRESSION.before).reason == ""
    for rule in (UNREADABLE_SUPPRESSION, UNREASONED_SUPPRESSION):
        after = directive(rule.after)
        assert after.reason.startswith("fixed text")
        rule_named(after.rules[0])
