"""Routes, sorted by what may be sent to them."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Flask

from flask_garrison.check.route import Route
from flask_garrison.check.routes import listed, shown
from tests.check.support import routes


def rules(found: list[Route]) -> list[str]:
    return [one.rule for one in found]


def test_routes_are_sorted(tmp_path: Path) -> None:
    app = Flask("shop", static_folder=str(tmp_path), static_url_path="/static")
    app.add_url_rule("/", "index", lambda: "")
    app.add_url_rule("/logout", "logout", lambda: "")
    app.add_url_rule("/buy", "buy", lambda: "", methods=["PUT", "POST"])
    app.add_url_rule("/live", "live", lambda: "", websocket=True)
    app.add_url_rule("/built", "built", lambda: "", build_only=True)
    found = routes(app)
    assert rules(found.called) == ["/"]
    assert rules(found.skipped) == ["/logout"]
    assert [(one.rule, method) for one, method in found.unsafe] == [("/buy", "POST"), ("/buy", "PUT")]
    assert rules(found.websockets) == ["/live"]
    assert {one.rule: folder for one, folder in found.static.items()} == {"/static/<path:filename>": tmp_path}


def test_static_folders_of_blueprints_are_static(tmp_path: Path) -> None:
    app = Flask("shop", static_folder=None)
    admin = Blueprint("admin", __name__, url_prefix="/admin", static_folder=str(tmp_path), static_url_path="/static")
    app.register_blueprint(admin)
    assert [one.rule for one in routes(app).static] == ["/admin/static/<path:filename>"]


def test_a_view_that_is_called_static_is_none() -> None:
    app = Flask("shop", static_folder=None)
    app.add_url_rule("/files/<path:filename>", "static", lambda filename: "")
    assert not routes(app).static


def test_the_form_for_an_act_may_have_a_route_of_its_own() -> None:
    app = Flask("shop", static_folder=None)
    app.add_url_rule("/password/reset", "ask", lambda: "")
    app.add_url_rule("/password/reset", "act", lambda: "", methods=["POST"])
    assert rules(routes(app).called) == ["/password/reset"]


def test_two_routes_of_one_path_are_two() -> None:
    app = Flask("shop", static_folder=None)
    app.add_url_rule("/a", "one", lambda: "")
    app.add_url_rule("/a", "two", lambda: "", methods=["POST"])
    first, second = routes(app).all
    assert first != second
    assert len({first, second}) == 2


def test_options_of_its_own() -> None:
    app = Flask("shop", static_folder=None)
    app.add_url_rule("/a", "one", lambda: "")
    app.add_url_rule("/b", "two", lambda: "", methods=["OPTIONS"], provide_automatic_options=False)
    assert [one.own_options for one in routes(app).all] == [False, True]


def test_lists_are_short() -> None:
    app = Flask("shop", static_folder=None)
    for number in range(10):
        app.add_url_rule(f"/{number}", str(number), lambda: "")
    assert shown(routes(app).all).endswith("GET /7 and 2 more")
    assert listed(["a", "a", "b"]) == "a, b"
