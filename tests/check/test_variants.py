"""One file of each static folder, the same at each run."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Flask, request

from flask_garrison.check.variants import static_requests
from flask_garrison.target.answers import STAND_IN
from tests.check.support import missed, of_case, routes, shown, visited


def urls(app: Flask) -> list[str]:
    return [planned.url for planned, _ in static_requests(routes(app))]


def test_the_first_file_that_is_not_hidden(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / ".hidden").write_text("")
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "a b.css").write_text("")
    assert urls(Flask("shop", static_folder=str(tmp_path), static_url_path="/static")) == [
        "https://localhost/static/c/a%20b.css"
    ]


def test_an_empty_or_missing_folder_has_none(tmp_path: Path) -> None:
    app = Flask("shop", static_folder=str(tmp_path / "gone"))
    app.register_blueprint(Blueprint("admin", __name__, url_prefix="/admin", static_folder=str(tmp_path)))
    assert urls(app) == []


def test_it_is_asked_again_with_its_validators(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("p {}")
    seen = visited(Flask("shop", static_folder=str(tmp_path), static_url_path="/static"))
    assert shown(of_case(seen, "static")) == ["GET /static/a.css -> 200"]
    (again,) = of_case(seen, "not-modified")
    assert again.status == 304
    assert {"If-None-Match", "If-Modified-Since"} <= set(again.sent.keys())


def test_a_static_file_that_is_not_given_out_is_not_checked(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("p {}")
    app = Flask("shop", static_folder=str(tmp_path), static_url_path="/static")
    app.before_request(lambda: ("closed", 403))
    assert ("GET /static/<path:filename>", "its file /static/a.css was not given out") in missed(visited(app))


def test_a_view_that_takes_the_name_of_a_function_is_asked_with_one() -> None:
    app = Flask("shop")
    app.add_url_rule("/feed", "feed", lambda: f"{request.args.get('callback')}(1)")
    app.add_url_rule("/plain", "plain", lambda: request.args.get("q", ""))
    asked = [one for one in visited(app).answers if "garrison" in one.url and one.case == "view"]
    assert shown(asked) == ["GET /feed?callback=garrison -> 200"]
    assert asked[0].body == b"garrison(1)"


def test_what_stands_in_for_a_view_is_known_as_such() -> None:
    app = Flask("shop")
    app.add_url_rule("/save", "save", lambda: "saved", methods=["POST"])
    stand_ins = [one for one in of_case(visited(app), "stand-in") if one.method == "POST"]
    assert stand_ins and all(STAND_IN in one.body for one in stand_ins)
