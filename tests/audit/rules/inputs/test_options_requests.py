"""A view that is called for OPTIONS and does not look at the method is found."""

from __future__ import annotations

from flask import Flask, request
from flask.views import MethodView
from flask_cors import cross_origin
from flask_login import LoginManager, login_required

from tests.audit.shorthand import titles
from tests.audit.support import make

RULE = "inputs.view-runs-on-options"
BOTH = ["POST", "OPTIONS"]


def buy() -> str:
    return "bought"


@cross_origin()
def shared() -> str:
    return "bought"


def asks() -> str:
    return "bought" if request.method == "POST" else "what?"


class Basket(MethodView):
    def post(self) -> str:
        return "bought"

    def options(self) -> str:
        return "what?"


def serving(view: object, methods: list[str]) -> Flask:
    app = make()
    app.add_url_rule("/buy", "buy", view, methods=methods)  # type: ignore[arg-type]
    return app


def test_a_view_that_runs_for_options_is_found() -> None:
    assert titles(RULE, serving(buy, BOTH)) == ["low: buy runs for OPTIONS as for POST"]


def test_a_view_that_asks_for_the_method_is_none() -> None:
    assert titles(RULE, serving(asks, BOTH)) == []
    assert titles(RULE, serving(Basket.as_view("basket"), BOTH)) == []
    assert titles(RULE, serving(shared, BOTH)) == []


def test_a_view_that_changes_nothing_is_none() -> None:
    assert titles(RULE, serving(buy, ["GET", "OPTIONS"])) == []


def test_flasks_own_answer_is_nothing_to_look_at() -> None:
    assert titles(RULE, serving(buy, ["POST"])) is None
    app = make(PROVIDE_AUTOMATIC_OPTIONS=False)
    app.add_url_rule("/buy", "buy", buy, methods=["POST"])
    assert titles(RULE, app) is None


def test_a_login_that_lets_options_through_is_another_rules() -> None:
    app = serving(login_required(buy), BOTH)
    LoginManager(app)
    assert titles(RULE, app) == []
