"""Which answers are meant, and how one finding sums them up."""

from __future__ import annotations

import pytest

from flask_garrison.audit.answers.selection import has_content, is_redirect, only_route
from flask_garrison.audit.rule import Match
from tests.audit.answers.support import answer
from tests.audit.support import make, of_answers


@pytest.mark.parametrize(
    ("method", "status", "body", "carries"),
    [
        ("GET", 200, b"tea", True),
        ("POST", 404, b"none", True),
        ("GET", 200, b"", False),
        ("GET", 204, b"", False),
        ("GET", 304, b"", False),
        ("HEAD", 200, b"", False),
        ("OPTIONS", 200, b"x", False),
    ],
)
def test_content(method: str, status: int, body: bytes, carries: bool) -> None:
    assert has_content(answer("/", method=method, status=status, body=body)) is carries


def test_a_redirect_has_an_address() -> None:
    assert is_redirect(answer("/", ("Location", "/a"), status=302))
    assert not is_redirect(answer("/", status=302))
    assert not is_redirect(answer("/", ("Location", "/a"), status=201))
    assert has_content(answer("/", status=302))


def test_a_route_is_named_only_where_it_is_the_only_one() -> None:
    assert only_route([answer("/a"), answer("/a")]) == "/a"
    assert only_route([answer("/a"), answer("/b")]) is None
    assert only_route([answer("/a", route=None)]) is None


def test_many_answers_are_one_finding_with_a_few_as_evidence() -> None:
    (match,) = of_answers("headers.nosniff-missing", make(), *(answer(f"/{number}") for number in range(9))) or ()
    assert isinstance(match, Match)
    assert match.title == "No nosniff on 9 of 9 answers"
    assert match.subject == "No nosniff"
    assert [item.summary for item in match.evidence][-2:] == ["GET /4 -> 200", "and 4 other answers"]


def test_the_fingerprint_does_not_depend_on_how_many_answers_there_were() -> None:
    few = of_answers("headers.nosniff-missing", make(), answer("/")) or ()
    many = of_answers("headers.nosniff-missing", make(), answer("/"), answer("/b")) or ()
    assert {match.subject for match in (*few, *many)} == {"No nosniff"}  # type: ignore[union-attr]
