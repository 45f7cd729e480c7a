"""Which answers are meant, and how one finding sums them up."""

from __future__ import annotations

import pytest
from flask import render_template

from flask_garrison.audit.answers.selection import documents, has_content, is_redirect, only_route
from flask_garrison.audit.observed import Observed
from flask_garrison.audit.rule import Match
from flask_garrison.target.answers import STAND_IN, Answer
from tests.audit.answers.support import answer
from tests.audit.support import inspected, make, of_answers


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


def interface() -> list[Answer]:
    data = answer("/data", kind="application/json", body=b"{}")
    stand_in = answer("/data", method="POST", case="stand-in", body=STAND_IN)
    return [data, stand_in, answer("/data", case="streamed", body=STAND_IN)]


def test_what_answers_in_place_of_views_is_no_page_of_an_interface_for_programs() -> None:
    app = make()
    assert documents(Observed(inspected(app), interface())) == []
    refused = answer("/none", status=404)
    assert documents(Observed(inspected(app), [*interface(), refused])) == [refused]


def test_it_stands_for_a_page_where_there_are_pages() -> None:
    app = make()
    page = answer("/")
    assert len(documents(Observed(inspected(app), [*interface(), page]))) == 3
    assert len(documents(Observed(inspected(app), interface()[1:]))) == 2
    app.add_url_rule("/form", "form", lambda: render_template("form.html"))
    assert len(documents(Observed(inspected(app), interface()))) == 2
