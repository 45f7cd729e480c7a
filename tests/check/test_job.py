"""What runs in the child: the audit, the requests, the judgement, and the JSON that leaves it."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response, redirect, request

from flask_garrison.check.job import main
from flask_garrison.check.run import spec_of
from flask_garrison.findings.reading import finding_from, not_checked_from
from flask_garrison.target.project import Project
from flask_garrison.target.users import User

PASSWORD = "pepper-9"


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    app = Flask("shop", root_path=str(tmp_path))
    app.add_url_rule("/", "index", lambda: "hello")
    return app


def run(app: Flask, *users: User, **more: Any) -> dict[str, Any]:
    spec = {**spec_of(Project(folder=Path.cwd()), users, 120), **more}
    # As it goes over the pipe.
    result: dict[str, Any] = json.loads(json.dumps(main(app, json.loads(json.dumps(spec)), lambda words: None)))
    return result


def test_result_is_json_and_is_read_back(app: Flask) -> None:
    result = run(app)
    assert set(result) == {
        "findings",
        "not_checked",
        "ran",
        "not_applicable",
        "looked_at",
        "roots",
        "out_of_scope",
        "guarded",
        "counts",
    }
    findings = [finding_from(entry) for entry in result["findings"]]
    assert [one.fingerprint for one in findings] == [entry["fingerprint"] for entry in result["findings"]]
    assert {one.rule for one in findings} <= set(result["ran"])
    [not_checked_from(entry) for entry in result["not_checked"]]


def test_rules_on_answers_and_on_the_application_both_ran(app: Flask) -> None:
    ran = set(run(app)["ran"])
    assert "access.weak-secret-key" in ran or "access.secret-key" in str(ran)
    assert any(rule.startswith("headers.") for rule in ran)


def test_counts(app: Flask) -> None:
    result = run(app)
    counts = result["counts"]
    assert result["looked_at"]["answers"] == sum(counts["by_case"].values()) == sum(counts["by_status"].values())
    assert counts["by_case"]["view"] == 2
    assert counts["by_status"]["500"] == 2
    assert counts["requests"] >= result["looked_at"]["answers"]


def test_answers_are_recorded_on_request(app: Flask) -> None:
    answers = run(app, record=True)["answers"]
    (first, _) = [answer for answer in answers if answer["case"] == "view"]
    assert base64.b64decode(first["body"]) == b"hello"
    assert (first["url"], first["status"], first["size"]) == ("https://localhost/", 200, 5)
    assert ["Content-Type", "text/html; charset=utf-8"] in first["headers"]
    assert answers[first["twin"]]["url"] == first["url"]


def test_no_password_leaves_the_child(app: Flask) -> None:
    page = '<form method="post"><input name="n"><input name="p" type="password"></form>'

    @app.route("/login", methods=["GET", "POST"])
    def login() -> Any:
        if request.method == "GET":
            return page
        response = redirect(f"/me?p={request.form['p']}")
        response.set_cookie("p", request.form["p"])
        return response

    @app.get("/me")
    def me() -> Response:
        return Response("me", headers={"X-Password": request.cookies.get("p", "")})

    result = run(app, User(name="ada", password=PASSWORD))
    assert result["not_checked"] == [entry for entry in result["not_checked"] if entry["rule"] is not None]
    assert PASSWORD not in json.dumps(result)
