"""Users log in: by a form that is found, by steps, with the extensions that people use; and it is said when not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, flash, redirect, render_template_string, request, session
from flask_login import LoginManager, UserMixin, login_required, login_user
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFProtect
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField

from flask_garrison import Garrison
from flask_garrison.check.login import Account
from flask_garrison.target.users import LoginStep
from tests.check.support import missed, visited

ADA = Account("ada", "pepper-9")
FORM = '<form method="post"><input name="name"><input name="pw" type="password"></form>'
REGISTER = '<form method="post"><input name="name"><input name="pw" type="password"></form>'
HOW = "the login did not work: "


def plain() -> Flask:
    """Make an application that checks a password by itself."""
    app = Flask("shop")

    @app.route("/login", methods=["GET", "POST"])
    def login() -> Any:
        if request.method == "GET":
            return FORM
        if request.form["name"] == "ada" and request.form["pw"] == "pepper-9":
            session["user"] = "ada"
            return redirect("/me")
        flash("wrong")
        return redirect("/login")

    @app.get("/me")
    def me() -> Any:
        return session["user"] if "user" in session else redirect("/login?next=/me")

    return app


def with_flask_login() -> Flask:
    """Make an application with Flask-Login and Flask-WTF, as their documentation does."""
    app = Flask("shop")
    manager = LoginManager(app)
    manager.login_view = "enter"  # type: ignore[assignment]
    CSRFProtect(app)

    class User(UserMixin):
        id = "ada"

    class Form(FlaskForm):  # type: ignore[misc]
        name = StringField()
        pw = PasswordField()

    @manager.user_loader
    def load(_: str) -> User:
        return User()

    @app.route("/enter", methods=["GET", "POST"])
    def enter() -> Any:
        form = Form()
        if form.validate_on_submit() and form.pw.data == "pepper-9":
            login_user(User())
            return redirect("/me")
        page = '<form method="post">{{ form.csrf_token }}{{ form.name }}{{ form.pw }}</form>'
        return render_template_string(page, form=form)

    @app.get("/me")
    @login_required
    def me() -> str:
        return "ada"

    return app


def guarded() -> Flask:
    """Make the plain application guarded."""
    app = plain()
    Garrison(app, hosts=["shop.example"])
    return app


@pytest.mark.parametrize("make", [plain, with_flask_login, guarded])
def test_the_login_form_is_found_and_filled_in(make: Callable[[], Flask]) -> None:
    seen = visited(make(), accounts=[ADA])
    mine = {answer.route: answer for answer in seen.answers if answer.user == "ada"}
    assert (mine["/me"].status, mine["/me"].body) == (200, b"ada")
    assert missed(seen) == []


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (plain, "POST /login answered 302, and the user is treated as a stranger still"),
        (with_flask_login, "POST /enter answered 200, and the user is treated as a stranger still"),
    ],
)
def test_a_wrong_password_is_said(make: Callable[[], Flask], reason: str) -> None:
    seen = visited(make(), accounts=[Account("ada", "salt-8")])
    ((what, why),) = missed(seen)
    assert what == "Everything as ada"
    assert why.startswith(HOW)
    assert why.removeprefix(HOW) in (
        reason,
        "POST /enter answered 200 and set no cookie; a login without one is not known in this version",
    )
    assert "salt-8" not in str(seen)
    assert not [answer for answer in seen.answers if answer.user]


def test_a_user_who_is_turned_away_all_the_same_is_not_logged_in() -> None:
    app = Flask("shop")

    @app.route("/login", methods=["GET", "POST"])
    def login() -> Any:
        if request.method == "GET":
            return FORM
        flash("wrong")
        return redirect("/")

    app.add_url_rule("/", "index", lambda: "start")
    app.add_url_rule("/me", "me", lambda: redirect("/login"))
    ((what, why),) = missed(visited(app, accounts=[ADA]))
    assert (what, why) == (
        "Everything as ada",
        f"{HOW}POST /login answered 302, and the user is treated as a stranger still",
    )


def test_no_form_is_said() -> None:
    app = Flask("shop")
    app.add_url_rule("/", "index", lambda: "start")
    assert missed(visited(app, accounts=[ADA])) == [("Everything as ada", f"{HOW}no page with a login form was found")]


def test_a_form_of_another_site_gets_no_password() -> None:
    app = Flask("shop")
    page = FORM.replace("<form", '<form action="https://elsewhere.example/in"')
    app.add_url_rule("/login", "login", lambda: page)
    assert missed(visited(app, accounts=[ADA])) == [
        ("Everything as ada", f"{HOW}its login form is sent to another site")
    ]


def test_a_login_that_raises_is_said() -> None:
    app = Flask("shop")

    @app.route("/login", methods=["GET", "POST"])
    def login() -> str:
        if request.method == "POST":
            raise KeyError(request.form["pw"])
        return FORM

    seen = visited(app, accounts=[ADA])
    assert missed(seen) == [("Everything as ada", f"{HOW}POST /login answered 500: it raised KeyError")]
    assert "pepper-9" not in str(seen)


def test_the_page_that_strangers_are_sent_to_is_taken_and_not_the_one_to_register() -> None:
    app = plain()
    app.add_url_rule("/a/signup", "signup", lambda: REGISTER, methods=["GET", "POST"])
    assert missed(visited(app, accounts=[ADA])) == []


def test_steps_of_the_project() -> None:
    app = Flask("shop")

    @app.route("/one", methods=["GET", "POST"])
    def one() -> Any:
        if request.method == "GET":
            return '<form method="post"><input name="who"><input type="hidden" name="t" value="7"></form>'
        session["half"] = (request.form["who"], request.form["t"])
        return redirect("/two")

    @app.post("/two")
    def two() -> Response | str:
        assert request.json is not None
        if request.json == {"secret": "pepper-9"} and session["half"] == ("ada@shop.example", "7"):
            session["user"] = "ada"
        return ""

    app.add_url_rule("/me", "me", lambda: session.get("user") or ("", 401))
    steps = [
        LoginStep(url="/one", fields={"who": "{name}@shop.example"}),
        LoginStep(url="/two", json={"secret": "{password}"}),
    ]
    seen = visited(app, accounts=[ADA], login=steps)
    assert missed(seen) == []
    assert [one.shown for one in seen.answers if one.user and one.route == "/me"] == ["GET /me as ada -> 200"]


def test_two_users_do_not_share_cookies() -> None:
    app = Flask("shop")

    @app.route("/login", methods=["GET", "POST"])
    def login() -> Any:
        if request.method == "GET":
            return FORM
        session["user"] = request.form["name"]
        return redirect("/me")

    app.add_url_rule("/me", "me", lambda: session.get("user") or redirect("/login"))
    seen = visited(app, accounts=[Account("ada", "a1"), Account("ben", "b1")])
    mine = [(answer.user, answer.body) for answer in seen.answers if answer.route == "/me" and answer.user]
    assert mine == [("ada", b"ada"), ("ben", b"ben")]


def test_a_user_reaches_what_a_wall_keeps_from_strangers(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("p {}")
    app = Flask("shop", static_folder=str(tmp_path), static_url_path="/static")

    @app.before_request
    def wall() -> Any:
        return None if request.endpoint == "login" or "user" in session else redirect("/login")

    @app.post("/login")
    def login() -> Any:
        session["user"] = request.json["n"]  # type: ignore[index]
        return redirect("/")

    app.add_url_rule("/", "index", lambda: "start")
    steps = [LoginStep(url="/login", json={"n": "{name}"})]
    seen = visited(app, accounts=[ADA], login=steps)
    assert missed(seen) == []
    statuses = {(one.case, one.user): one.status for one in seen.answers}
    assert statuses["error", "ada"] == 500
    assert statuses["not-found", ""] == 302
    assert statuses["not-found", "ada"] == 404
    assert statuses["method", "ada"] == 405
    assert statuses["static", "ada"] == 200
    unprovoked = {what for what, _ in missed(visited(app))}
    assert {"An answer with status 500", "GET /static/<path:filename>"} <= unprovoked
