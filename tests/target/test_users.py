"""``--user``, ``[[user]]`` and ``[login]``."""

from __future__ import annotations

from pathlib import Path

import pytest

from flask_garrison.errors import TargetError
from flask_garrison.target.project import read_project
from flask_garrison.target.users import LoginStep, User, all_users, user_from_option


def read(folder: Path, text: str):  # type: ignore[no-untyped-def]
    file = folder / "garrison.toml"
    file.write_text(text)
    return read_project(file)


@pytest.mark.parametrize(
    ("value", "user"),
    [
        ("ada:@ADA_PASSWORD:admin", User(name="ada", role="admin", variable="ADA_PASSWORD")),
        ("ada:secret:admin", User(name="ada", role="admin", password="secret")),
        ("ada:with:colons::admin", User(name="ada", role="admin", password="with:colons:")),
        ("ada:secret:", User(name="ada", role="", password="secret")),
    ],
)
def test_user_of_the_command_line(value: str, user: User) -> None:
    assert user_from_option(value) == user


@pytest.mark.parametrize(
    "value", ["", "ada", "ada:pepper-9", "ada::admin", ":pepper-9:admin", "ada:@:admin", "ada:@a-b:x"]
)
def test_other_forms_are_refused_and_not_repeated(value: str) -> None:
    with pytest.raises(TargetError, match="--user NAME:@VARIABLE:ROLE") as caught:
        user_from_option(value)
    assert "pepper-9" not in str(caught.value)


def test_password_is_not_shown() -> None:
    assert "pepper-9" not in repr(user_from_option("ada:pepper-9:admin"))


def test_password_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    user = user_from_option("ada:@ADA_PASSWORD:admin")
    monkeypatch.setenv("ADA_PASSWORD", "pepper-9")
    assert user.secret() == "pepper-9"
    monkeypatch.setenv("ADA_PASSWORD", "")
    with pytest.raises(TargetError, match="User ada: the environment variable ADA_PASSWORD is not set or empty"):
        user.secret()


def test_users_of_the_command_line_come_first_and_replace() -> None:
    of_project = [User(name="ada", variable="A"), User(name="ben", variable="B")]
    assert all_users([User(name="ada", password="x")], of_project) == (
        User(name="ada", password="x"),
        User(name="ben", variable="B"),
    )


@pytest.mark.parametrize(("stated", "of_project", "where"), [(2, 1, "--user"), (0, 2, r"\[\[user\]\]")])
def test_one_name_twice_is_an_error(stated: int, of_project: int, where: str) -> None:
    with pytest.raises(TargetError, match=f"{where}: 'ada' stands there twice"):
        all_users([User(name="ada")] * stated, [User(name="ada")] * of_project)


def test_users_and_login_of_the_project(tmp_path: Path) -> None:
    project = read(
        tmp_path,
        """
[[user]]
name = "ada"
role = "admin"
password_env = "ADA_PASSWORD"

[login]
url = "/login"
fields = { email = "{name}@shop.example", pw = "{password}" }
""",
    )
    assert project.users == (User(name="ada", role="admin", variable="ADA_PASSWORD"),)
    assert project.login == (LoginStep(url="/login", fields={"email": "{name}@shop.example", "pw": "{password}"}),)


def test_login_in_steps(tmp_path: Path) -> None:
    text = '[login]\nsteps = [{ url = "/", method = "get" }, { url = "/in", json = { n = "{name}" } }]\n'
    assert read(tmp_path, text).login == (
        LoginStep(url="/", method="GET"),
        LoginStep(url="/in", json={"n": "{name}"}),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[user]]\nname='a'\n", ":1: .*needs password_env"),
        ("[[user]]\npassword_env='A'\n", "needs name"),
        ("[[user]]\nname='a'\npassword='pepper-9'\n", "a password does not belong into a file"),
        ("[[user]]\nname='a'\npassword_env='A'\nrol='x'\n", "no key 'rol'. Did you mean 'role'"),
        ("[user]\nname='a'\n", r"write \[\[user\]\]"),
        ("[[login]]\nurl='/'\n", r"\[login\] is one table"),
        ("[login]\n", "needs url"),
        ("[login]\nurl='https://elsewhere.example/'\n", "a path of the application"),
        ("[login]\nurl='//elsewhere.example/'\n", "a path of the application"),
        ("[login]\nurl='/'\nmethod='DELETE'\n", "method is one of GET, POST"),
        ("[login]\nurl='/'\nfields={a=1}\n", "fields holds texts"),
        ("[login]\nurl='/'\nfields={a='b'}\njson={a='b'}\n", "fields or json, not both"),
        ("[login]\nurl='/'\nfeilds={a='b'}\n", "Did you mean 'fields'"),
        ("[login]\nsteps=[]\n", "steps is a list of tables"),
        ("[login]\nsteps=['/']\n", "steps is a list of tables"),
        ("[login]\nsteps=[{url='/'},{}]\n", "step 2 needs url"),
        ("[login]\nurl='/'\nsteps=[{url='/'}]\n", "no key 'url'"),
    ],
)
def test_mistake_is_an_error_that_names_it(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(TargetError, match=words) as caught:
        read(tmp_path, text)
    assert "pepper-9" not in str(caught.value)
