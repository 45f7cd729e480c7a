"""What comments say, read exactly."""

from __future__ import annotations

from datetime import date

import pytest

from flask_garrison.audit.inline.directives import directive_of, foreign_of
from flask_garrison.audit.inline.families import is_about


@pytest.mark.parametrize(
    ("comment", "rules", "reason", "until"),
    [
        ("# garrison: ignore[a.b] fixed text", ("a.b",), "fixed text", None),
        ("#garrison:ignore[a.b,c.d] - fixed, see #12", ("a.b", "c.d"), "fixed, see #12", None),
        ("# garrison: ignore[a.b] until=2027-01-31 goes away", ("a.b",), "goes away", date(2027, 1, 31)),
        ("# garrison: ignore[a.b] goes away until=2027-01-31", ("a.b",), "goes away", date(2027, 1, 31)),
        ("# nosec B602  # garrison: ignore[a.b] fixed  # noqa: E501", ("a.b",), "fixed", None),
        ("# garrison: ignore[a.b]", ("a.b",), "", None),
        ("garrison: ignore[a.b]\n  over two\n  lines", ("a.b",), "over two lines", None),
    ],
)
def test_ours(comment: str, rules: tuple[str, ...], reason: str, until: date | None) -> None:
    directive = directive_of(3, comment)
    assert directive is not None
    assert (directive.line, directive.rules, directive.reason, directive.until) == (3, rules, reason, until)
    assert directive.defect == ""


@pytest.mark.parametrize(
    ("comment", "defect"),
    [
        ("# garrison: ignore all of it", "it names no rule: write ignore[rule.id]"),
        ("# garrison: ignore[] x", "it names no rule: write ignore[rule.id]"),
        ("# garrison: ignroe[a.b] x", "there is no 'ignroe', only ignore"),
        ("# garrison: ignore[a.b] x until=soon", "until=soon is no date such as 2027-01-31"),
    ],
)
def test_ours_with_a_defect(comment: str, defect: str) -> None:
    directive = directive_of(1, comment)
    assert directive is not None
    assert directive.defect == defect


@pytest.mark.parametrize("comment", ["# garrison: the guard is installed below", "# no garrison: here", "# x"])
def test_a_sentence_about_garrison_is_none(comment: str) -> None:
    assert directive_of(1, comment) is None


@pytest.mark.parametrize(
    ("comment", "numbers"),
    [
        ("# nosec", None),
        ("#nosec", None),
        ("# nosec B602", {602}),
        ("# nosec: B602, B607 - fixed", {602, 607}),
        ("# noqa: S602", {602}),
        ("# noqa: E501, S602,S607 fixed", {602, 607}),
        ("# type: ignore  # NOQA:S602", {602}),
    ],
)
def test_of_others(comment: str, numbers: set[int] | None) -> None:
    foreign = foreign_of(1, comment)
    assert foreign is not None
    assert foreign.numbers == numbers
    assert foreign.words == comment


@pytest.mark.parametrize("comment", ["# noqa", "# noqa: E501", "# noqa: E501 see S602", "# nosecurity", "# x"])
def test_of_others_that_say_nothing_on_security(comment: str) -> None:
    assert foreign_of(1, comment) is None


def test_an_id_names_a_family() -> None:
    assert is_about(frozenset({602}), (78,))
    assert not is_about(frozenset({602}), (22,))
    assert not is_about(frozenset({999}), (22,))
    assert is_about(None, (22,))
