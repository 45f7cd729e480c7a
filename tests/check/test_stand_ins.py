"""What answers in place of a view, and that the view comes back."""

from __future__ import annotations

import logging

import pytest
from flask import Flask
from flask.views import MethodView

from flask_garrison.check.stand_ins import BEHAVIOURS, ProvokedError, in_place_of, prepared
from flask_garrison.policy.views import view_policy, view_policy_of
from flask_garrison.target.answers import PROVOKED_PATH, PROVOKED_SECRET


def make() -> Flask:
    app = Flask("shop")

    @app.route("/", methods=["GET", "POST"])
    @view_policy(allow_insecure_csrf=True)
    def index() -> str:
        raise AssertionError("called")

    return app


@pytest.mark.parametrize(
    ("behaviour", "status"),
    [
        ("page", 200),
        ("stream", 200),
        ("redirect", 302),
        ("read", 200),
        ("error", 500),
        ("not-found", 404),
        ("too-large", 413),
        ("media-type", 415),
        ("too-many", 429),
    ],
)
def test_each_behaviour_answers_without_the_view(behaviour: str, status: int) -> None:
    app = make()
    with prepared(app), in_place_of(app, "index", behaviour) as reached:
        assert app.test_client().get("/").status_code == status
    assert reached == ["GET"]


def test_a_body_of_another_type_is_refused() -> None:
    app = make()
    with in_place_of(app, "index", "json"):
        assert app.test_client().post("/", data="x", content_type="text/plain").status_code == 415


def test_every_behaviour_is_tested() -> None:
    tested = {"page", "stream", "redirect", "read", "error", "not-found", "too-large", "media-type", "too-many", "json"}
    assert set(BEHAVIOURS) == tested


def test_the_view_comes_back_whatever_happens() -> None:
    app = make()
    view = app.view_functions["index"]
    with pytest.raises(RuntimeError), in_place_of(app, "index", "page"):
        raise RuntimeError
    assert app.view_functions["index"] is view


def test_what_the_view_declares_stays() -> None:
    app = make()
    with in_place_of(app, "index", "page"):
        assert view_policy_of(app.view_functions["index"], "GET").allow_insecure_csrf


def test_what_a_class_based_view_declares_stays() -> None:
    class Items(MethodView):
        @view_policy(allow_insecure_eval=True)
        def get(self) -> str:
            raise AssertionError("called")

    app = Flask("shop")
    app.add_url_rule("/", view_func=Items.as_view("items"))
    with in_place_of(app, "items", "page"):
        assert view_policy_of(app.view_functions["items"], "GET").allow_insecure_eval
        assert app.test_client().get("/").status_code == 200


@pytest.mark.parametrize("config", [{}, {"TESTING": True}, {"DEBUG": True}, {"PROPAGATE_EXCEPTIONS": True}])
def test_an_exception_becomes_an_answer_and_the_setting_comes_back(config: dict[str, bool]) -> None:
    app = make()
    app.config.update(config)
    before = app.config.get("PROPAGATE_EXCEPTIONS")
    with prepared(app), in_place_of(app, "index", "error"):
        assert app.test_client().get("/").status_code == 500
    assert app.config.get("PROPAGATE_EXCEPTIONS") is before


def test_provoked_errors_are_not_logged_and_others_are(caplog: pytest.LogCaptureFixture) -> None:
    app = make()
    with prepared(app), caplog.at_level(logging.ERROR):
        with in_place_of(app, "index", "error"):
            app.test_client().get("/")
        assert caplog.records == []
        app.test_client().get("/")
        assert [record.message for record in caplog.records] == ["Exception on / [GET]"]


def test_the_exception_names_a_path_and_a_secret() -> None:
    with pytest.raises(ProvokedError) as caught:
        BEHAVIOURS["error"]()
    assert PROVOKED_PATH in str(caught.value)
    assert PROVOKED_SECRET in str(caught.value)
