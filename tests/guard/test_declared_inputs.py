"""A view that bears a mark and does not validate is exchanged before its first call; others stay as they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask
from werkzeug.test import Client

from flask_garrison import Garrison
from flask_garrison.guard.declared_inputs import MARK, guarded_view, marks_of


class Doubling:
    """A declaration that calls the view with a value of its own."""

    def __init__(self) -> None:
        self.made: list[object] = []

    def is_guarding(self, view: object) -> bool:
        return view in self.made

    def guarding(self, view: Callable[..., Any]) -> Callable[..., Any]:
        self.made.append(lambda: view(2))
        return self.made[-1]  # type: ignore[return-value]


def marked(*declared: Doubling) -> Callable[..., str]:
    def view(number: int) -> str:
        return str(number)

    setattr(view, MARK, declared)
    return view


def test_a_marked_view_is_exchanged_once(app: Flask) -> None:
    declared = Doubling()
    app.add_url_rule("/two", "two", marked(declared))
    Garrison(app)
    client = Client(app)
    assert [client.get("/two").text for _ in range(3)] == ["2"] * 3
    assert app.view_functions["two"] in declared.made
    assert len(declared.made) == 1


def test_what_already_validates_and_what_bears_no_mark_is_left_alone(app: Flask) -> None:
    before = app.view_functions["index"]
    Garrison(app)
    Client(app).get("/")
    assert app.view_functions["index"] is before
    assert guarded_view(before) is before


def test_a_view_that_is_exchanged_later_is_looked_at_again(app: Flask) -> None:
    app.add_url_rule("/two", "two", lambda: "one")
    Garrison(app)
    client = Client(app)
    assert client.get("/two").text == "one"
    app.view_functions["two"] = marked(Doubling())
    assert client.get("/two").text == "2"


def test_a_chain_that_bites_its_tail_ends() -> None:
    view = marked()
    view.__wrapped__ = view  # type: ignore[attr-defined]
    assert marks_of(view) == ()
