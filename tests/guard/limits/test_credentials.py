"""Which fields make an attempt, and for whom."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, request

from flask_garrison import Policy
from flask_garrison.context import SecurityContext
from flask_garrison.guard.limits import credentials


def context(app: Flask, **options: Any) -> SecurityContext:
    return SecurityContext(app, Policy(), request._get_current_object())  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("names", "login"),
    [
        (["username", "password"], True),
        (["email", "user_password", "remember"], True),
        (["login", "pwd"], True),
        (["password"], False),
        (["username"], False),
        (["username", "password", "password2"], False),
        (["username", "password", "confirm"], False),
        (["username", "repeat"], False),
        (["username", "passenger"], False),
    ],
)
def test_one_password_and_an_account_look_like_a_login(names: list[str], login: bool) -> None:
    app = Flask("shop")
    with app.test_request_context("/", method="POST"):
        assert credentials.looks_like_login(context(app), {name: ["x"] for name in names}) is login


def test_only_what_was_parsed_is_looked_at() -> None:
    app = Flask("shop")
    with app.test_request_context("/", method="POST", data={"username": "ada"}):
        assert credentials.parsed_fields(request) == {}
        assert request.form["username"] == "ada"
        assert credentials.parsed_fields(request) == {"username": ["ada"]}
    with app.test_request_context("/", method="POST", json={"username": "ada"}):
        assert credentials.parsed_fields(request) == {}
        request.get_json()
        assert credentials.parsed_fields(request) == {"username": ["ada"]}


@pytest.mark.parametrize("body", [b"{", b"[1]", b"null", b'"x"', b"\xff"])
def test_a_body_that_is_no_object_has_no_fields_and_stays_for_the_view(body: bytes) -> None:
    app = Flask("shop")
    with app.test_request_context("/", method="POST", data=body, content_type="application/json"):
        assert credentials.read_fields(request) == {}
        assert request.get_data() == body


@pytest.mark.parametrize("force", [False, True])
def test_json_under_the_type_of_a_form_stays_for_the_view(force: bool) -> None:
    app = Flask("shop")
    body = b'{"email": "ada", "password": "guess"}'
    with app.test_request_context("/", method="POST", data=body, content_type="application/x-www-form-urlencoded"):
        assert (credentials.read_fields(request, force=force).get("email") == ["ada"]) is force
        assert request.get_json(force=True) == {"email": "ada", "password": "guess"}


def test_a_form_is_still_read_where_json_is_taken_by_force() -> None:
    app = Flask("shop")
    with app.test_request_context("/", method="POST", data={"email": "ada"}):
        assert credentials.read_fields(request, force=True) == {"email": ["ada"]}
        assert request.form["email"] == "ada"


def test_values_that_are_no_names_are_left_out() -> None:
    app = Flask("shop")
    fields: Any = {"username": [{"a": 1}, None, "", " ", 7], "email": ["Ada"]}
    with app.test_request_context("/?login=Bob", method="POST"):
        assert credentials.accounts_in(context(app), fields) == ["7", "ada", "bob"]
